/** Whether this computer and its network can do what is needed, line by line, and on paper for whoever looks after them. */

import type { Instant } from '@nattfrid/shared/time/instant';
import { printInstant } from '@nattfrid/shared/time/instant';
import { useState } from 'react';
import { useAround } from '../around/around.tsx';
import { AlarmSign, CheckSign } from '../parts/icons.tsx';
import { Press } from '../parts/press.tsx';
import { stamp } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './sign-in.module.css';
import { type Check, checks, type Outcome, tryComputer } from './try-computer.ts';

type Found = Readonly<Partial<Record<Check, Outcome>>>;

export function ThisComputer() {
  const { say } = useWords();
  const { clock } = useAround();
  const [found, setFound] = useState<Found>({});
  const [at, setAt] = useState<Instant>();
  const [busy, setBusy] = useState(false);
  const start = () => {
    setFound({});
    setAt(undefined);
    setBusy(true);
    void tryComputer(clock, (check, outcome) => setFound((before) => ({ ...before, [check]: outcome }))).finally(() => {
      setBusy(false);
      setAt(clock.now());
    });
  };
  return (
    <>
      <p>{say('computer.words')}</p>
      <Press busy={busy} press={start} data-testid="try-computer">
        {say('computer.try')}
      </Press>
      <div className={css['tried']}>
        {at === undefined ? null : <About found={found} at={at} />}
        <ul>
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
      </div>
      {at === undefined ? null : (
        <Press press={() => window.print()} data-testid="print-computer">
          {say('computer.print')}
        </Press>
      )}
    </>
  );
}

/** What the paper is about: the worst of the answers in a sentence, which relay, when, and by which browser. */
function About({ found, at }: { found: Found; at: Instant }) {
  const { say } = useWords();
  const outcomes = Object.values(found);
  const worst = (['fail', 'weak', 'pass'] as const).find((one) => outcomes.includes(one)) ?? 'fail';
  return (
    <div className={css['about']} data-testid="computer-about" data-outcome={worst}>
      <h2>{say(`computer.sum.${worst}`)}</h2>
      <p>{say('computer.about', { at: stamp(printInstant(at)), host: location.host })}</p>
      <p className={css['agent']} translate="no">
        {say('computer.agent')}: {navigator.userAgent}
      </p>
    </div>
  );
}
