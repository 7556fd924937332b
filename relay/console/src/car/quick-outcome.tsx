/** How a visit ended: one press for what is usual, words for anything else. */
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './car.module.css';

const usual = [
  'car.outcome.well',
  'car.outcome.helped',
  'car.outcome.call',
  'car.outcome.away',
  'car.outcome.equipment',
] as const;

export function QuickOutcome({ busy, finish }: { busy: boolean; finish: (outcome: string) => void }) {
  const { say } = useWords();
  const [words, setWords] = useState('');
  return (
    <form
      className={css['outcome']}
      onSubmit={(event) => {
        event.preventDefault();
        if (words.trim()) finish(words.trim());
      }}
    >
      <h3>{say('car.outcome')}</h3>
      {usual.map((key) => (
        <Press key={key} large wide busy={busy} press={() => finish(say(key))} data-testid={key}>
          {say(key)}
        </Press>
      ))}
      <Textarea
        label={say('car.other')}
        autosize
        minRows={2}
        maxLength={500}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Press submit tone="cool" wide busy={busy} disabled={!words.trim()}>
        {say('car.other.save')}
      </Press>
    </form>
  );
}
