/** The form for the outcome of a visit: a sentence, with common ones to choose from. */
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './visit.module.css';

const ready = ['visit.outcome.well', 'visit.outcome.helped', 'visit.outcome.ambulance', 'visit.outcome.away'] as const;

export function Outcome({ busy, finish }: { busy: boolean; finish: (outcome: string) => void }) {
  const { say } = useWords();
  const [outcome, setOutcome] = useState('');
  const add = (sentence: string) => setOutcome((before) => (before ? `${before.trim()} ${sentence}` : sentence));
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (outcome.trim()) finish(outcome.trim());
      }}
    >
      <Textarea
        label={say('visit.outcome')}
        description={say('visit.outcome.hint')}
        autosize
        minRows={2}
        maxLength={500}
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value)}
        data-testid="visit-outcome"
      />
      <fieldset className={css['ready']} aria-label={say('visit.outcome.ready')}>
        {ready.map((key) => (
          <Press key={key} press={() => add(say(key))}>
            {say(key)}
          </Press>
        ))}
      </fieldset>
      <div>
        <Press submit tone="cool" large busy={busy} disabled={!outcome.trim()} data-testid="visit-finish">
          {say('visit.finish')}
        </Press>
      </div>
    </form>
  );
}
