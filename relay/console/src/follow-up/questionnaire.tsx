/** A few questions to those who are concerned, filled in by whoever has asked them; and what the answers come to. */
import { NativeSelect, TextInput } from '@mantine/core';
import type { Period } from '@nattfrid/shared/desk/follow-up-routes';
import { Answerer, questions } from '@nattfrid/shared/desk/questionnaire';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { useState } from 'react';
import { useMay } from '../around/around.tsx';
import { useAnswerQuestionnaire, useQuestionnaires } from '../around/asking-follow-up.ts';
import { Adding } from '../parts/adding.tsx';
import { Table } from '../parts/table.tsx';
import { useWords } from '../words/words.ts';
import css from './follow-up.module.css';

const scores = ['1', '2', '3', '4', '5'];

export function Questionnaire({ period }: { period: Period }) {
  const { say } = useWords();
  const asked = useQuestionnaires(period);
  const may = useMay('answer-questionnaires');
  const figures = asked.data?.figures ?? [];
  return (
    <>
      {figures.length > 0 ? (
        <Table
          id="questions"
          title={say('questionnaire.title')}
          columns={[
            { id: 'who', head: say('questionnaire.who'), value: (one) => say(`answerer.${one.who}`) },
            {
              id: 'question',
              head: say('questionnaire.question'),
              value: ({ question }) => say(`question.${question}` as never),
              long: true,
            },
            { id: 'mean', head: say('questionnaire.mean'), value: ({ mean }) => mean },
            { id: 'answers', head: say('questionnaire.answers'), value: ({ answers }) => answers },
          ]}
          rows={figures}
          keyOf={({ who, question }) => `${who} ${question}`}
        />
      ) : null}
      {may ? <Ask /> : null}
    </>
  );
}

function Ask() {
  const { say } = useWords();
  const [who, setWho] = useState<Answerer>('client');
  const [client, setClient] = useState('');
  const [given, setGiven] = useState<Readonly<Record<string, number>>>({});
  const [lacking, setLacking] = useState(false);
  const answering = useAnswerQuestionnaire(() => setGiven({}));
  const add = () => {
    setLacking(Object.keys(given).length === 0);
    if (Object.keys(given).length === 0) return;
    answering.run({ who, scores: given, ...(client.trim() && { client: client.trim() as ClientAlias }) });
  };
  return (
    <Adding
      name="questionnaire"
      title={say('questionnaire.add')}
      words={say('questionnaire.words')}
      submit={say('questionnaire.submit')}
      busy={answering.busy}
      add={add}
      lacking={lacking ? say('questionnaire.lacking') : undefined}
      fault={answering.fault}
      shown={answering.done ? <p role="status">{say('questionnaire.thanks')}</p> : null}
    >
      <NativeSelect
        label={say('questionnaire.who')}
        data={Answerer.options.map((one) => ({ value: one, label: say(`answerer.${one}`) }))}
        value={who}
        onChange={({ currentTarget: { value } }) => {
          setWho(Answerer.parse(value));
          setGiven({});
        }}
      />
      <TextInput
        label={say('questionnaire.client')}
        value={client}
        onChange={({ currentTarget }) => setClient(currentTarget.value)}
      />
      {questions[who].map((question) => (
        <fieldset key={question} className={css['scores']}>
          <legend>{say(`question.${question}` as never)}</legend>
          {scores.map((score) => (
            <label key={score}>
              <input
                type="radio"
                name={question}
                checked={given[question] === Number(score)}
                onChange={() => setGiven((before) => ({ ...before, [question]: Number(score) }))}
                data-testid={`${question}-${score}`}
              />
              {score}
            </label>
          ))}
        </fieldset>
      ))}
    </Adding>
  );
}
