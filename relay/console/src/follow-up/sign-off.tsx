/** Signing a check off: a sentence on what was found, once every access has been looked at. */
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useSignOff } from '../around/asking-follow-up.ts';
import { FaultWords } from '../parts/fault-words.tsx';
import form from '../parts/form.module.css';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './follow-up.module.css';

export function SignOff({ check, left }: { check: string; left: number }) {
  const { say } = useWords();
  const [words, setWords] = useState('');
  const sign = useSignOff(check);
  return (
    <div className={`${css['signOff']} ${form['field']}`}>
      <Textarea
        label={say('logCheck.signOff.words')}
        value={words}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
        data-testid="sign-off-words"
      />
      <Press
        tone="cool"
        busy={sign.busy}
        disabled={left > 0 || words.trim() === ''}
        press={() => sign.run(words.trim())}
        data-testid="sign-off"
      >
        {left > 0 ? say('logCheck.stillLeft', { left }) : say('logCheck.signOff')}
      </Press>
      <FaultWords fault={sign.fault} />
    </div>
  );
}
