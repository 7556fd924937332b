/** On the sign-in page, folded: whether this computer and its network can do what is needed, line by line, to be shown to whoever looks after them. */
import { useState } from 'react';
import { useAround } from '../around/around.tsx';
import { AlarmSign, CheckSign } from '../parts/icons.tsx';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import css from './sign-in.module.css';
import { type Check, checks, type Outcome, tryComputer } from './try-computer.ts';

export function ThisComputer() {
  const { say } = useWords();
  const { clock } = useAround();
  const [found, setFound] = useState<Readonly<Partial<Record<Check, Outcome>>>>({});
  const [busy, setBusy] = useState(false);
  const start = () => {
    setFound({});
    setBusy(true);
    void tryComputer(clock, (check, outcome) => setFound((before) => ({ ...before, [check]: outcome }))).finally(() =>
      setBusy(false),
    );
  };
  return (
    <details className={css['computer']}>
      <summary data-testid="this-computer">{say('computer.title')}</summary>
      <p>{say('computer.words')}</p>
      <Press busy={busy} press={start} data-testid="try-computer">
        {say('computer.try')}
      </Press>
      <ul aria-live="polite">
        {checks.flatMap((check) => {
          const outcome = found[check];
          if (!outcome) return [];
          return [
            <li key={check} data-outcome={outcome} data-testid={`computer-${check}`}>
              {outcome === 'pass' ? <CheckSign size={18} /> : <AlarmSign size={18} />}
              <span>
                {say(`computer.${check}`)}: <b>{say(`computer.outcome.${outcome}`)}</b>
                {outcome === 'pass' ? null : <small>{say(`computer.${check}.help`)}</small>}
              </span>
            </li>,
          ];
        })}
      </ul>
    </details>
  );
}
