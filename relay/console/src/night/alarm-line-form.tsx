/** To whom an alarm is told, one after the other, where no action card says so; and the way that needs no computer. */
import { NativeSelect, TextInput } from '@mantine/core';
import { ActionCard } from '@nattfrid/shared/care/action-card';
import { useState } from 'react';
import { useDesk } from '../around/around.tsx';
import { useAlarmLine, useSetAlarmLine } from '../around/asking-night.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import { useFields } from '../parts/fields.ts';
import form from '../parts/form.module.css';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './night.module.css';

const steps = [1, 2, 3] as const;

export function AlarmLineForm() {
  const { say } = useWords();
  const { data } = useAlarmLine();
  const set = useSetAlarmLine();
  return (
    <section className={parts['card']} aria-labelledby="alarm-line">
      <h2 id="alarm-line">{say('line.title')}</h2>
      <p className={css['sub']}>
        {say('line.lead')} {data && !data.line ? say('line.usual') : ''}
      </p>
      {data ? <Filled key={JSON.stringify(data.line)} line={data.line} set={set} /> : null}
      <p role="status">{set.done ? say('line.saved') : ''}</p>
      <FaultWords fault={set.fault} />
    </section>
  );
}

function Filled({ line, set }: { line: ActionCard | undefined; set: ReturnType<typeof useSetAlarmLine> }) {
  const { say } = useWords();
  const { teams } = useDesk().night;
  const { given, field } = useFields('alarm-line', fieldsOf(line));
  const [lacking, setLacking] = useState(false);
  const who = [
    { value: '', label: say('line.nobody') },
    { value: 'everybody', label: say('line.everybody') },
    ...teams.map(({ team, name }) => ({ value: team as string, label: name })),
    ...(line?.steps ?? []).flatMap(({ to }) =>
      to === 'everybody' || teams.some(({ team }) => team === to)
        ? []
        : [{ value: to, label: say('client.chain.lost') }],
    ),
  ];
  const save = () => {
    const asked = ActionCard.safeParse(cardOf(given));
    setLacking(!asked.success);
    if (asked.success) set.run(asked.data);
  };
  return (
    <form
      className={`${css['form']} ${form['field']}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className={css['steps']}>
        {steps.map((number) => (
          <fieldset key={number} className={css['step']} aria-label={say('line.step', { number })}>
            <NativeSelect
              label={`${say('line.step', { number })}: ${say('line.to')}`}
              data={who}
              {...field(`to${number}`)}
            />
            <TextInput label={say('line.within')} inputMode="decimal" {...field(`within${number}`)} />
          </fieldset>
        ))}
      </div>
      <TextInput label={say('line.telephone')} type="tel" {...field('telephone')} />
      <TextInput label={say('line.words')} maxLength={200} {...field('words')} />
      <div className={css['acts']}>
        <Press submit tone="cool" busy={set.busy} data-testid="alarm-line-save">
          {say('line.save')}
        </Press>
      </div>
      {lacking ? (
        <p role="alert" className={parts['fault']}>
          {say('line.lacking')}
        </p>
      ) : null}
    </form>
  );
}

type Fields = ReturnType<typeof fieldsOf>;

function fieldsOf(line: ActionCard | undefined) {
  const [one, two, three] = line?.steps ?? [];
  return {
    to1: one?.to ?? 'everybody',
    within1: String(one?.withinMinutes ?? 2),
    to2: two?.to ?? '',
    within2: String(two?.withinMinutes ?? 3),
    to3: three?.to ?? '',
    within3: String(three?.withinMinutes ?? 3),
    telephone: line?.fallback.telephone ?? '',
    words: line?.fallback.words ?? '',
  };
}

const cardOf = (given: Fields) => ({
  steps: [
    { to: given.to1, within: given.within1 },
    { to: given.to2, within: given.within2 },
    { to: given.to3, within: given.within3 },
  ]
    .filter(({ to }) => to !== '')
    .map(({ to, within }) => ({ to, withinMinutes: Number(within.replace(',', '.')) })),
  fallback: { telephone: given.telephone, words: given.words },
});
