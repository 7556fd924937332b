/** One check as a row: its sign and word, what it is, how it is and why, what to do about it, and what was measured. */
import type { Check } from '@nattfrid/shared/domain/check';
import type { ReactNode } from 'react';
import { AlarmSign, UnseenSign, WellSign } from '../parts/icons.tsx';
import { useWords } from '../words/words.ts';
import css from './check.module.css';
import { checkWords } from './check-words.ts';

const signs = { well: WellSign, advice: AlarmSign, fault: AlarmSign, unknown: UnseenSign } as const;

export function CheckRow({ check, children }: { check: Check; children?: ReactNode }) {
  const { say, language } = useWords();
  const { name, state, says, todo, figures } = checkWords(check, say, language);
  const Sign = signs[check.state];
  return (
    <li className={css['row']} data-state={check.state} data-check={check.name} data-testid="check">
      <span className={css['sign']} aria-hidden="true">
        <Sign size={26} />
      </span>
      <div className={css['words']}>
        <h3>
          {name} <span className={css['state']}>{state}</span>
        </h3>
        <p>{says}</p>
        {todo ? <p className={css['todo']}>{todo}</p> : null}
        {figures.length > 0 ? <p className={css['figures']}>{figures.join(' · ')}</p> : null}
        {children}
      </div>
    </li>
  );
}
