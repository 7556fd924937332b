/** The three verdicts, always in the same place and order: all well (1), not seen (2), help needed (3). */
import type { Verdict } from '@nattfrid/shared/domain/look';
import { useEffect, useState } from 'react';
import { useAround } from '../around/around.tsx';
import { HelpSign, UnseenSign, WellSign } from '../parts/icons.tsx';
import { useHasLetterKeys, useLetterKeys } from '../parts/use-letter-keys.ts';
import { useWords } from '../words/words.ts';
import css from './look.module.css';
import { type Armed, againWithin, pressVerdict, verdictOrder } from './verdict-keys.ts';

export interface VerdictsProps {
  readonly give: (verdict: Verdict) => void;
  readonly busy: boolean;
  /** A picture has been shown; without one, «help needed» is the only verdict. */
  readonly seen: boolean;
  /** A colleague has opened the look: nobody else can say «all well». */
  readonly another?: boolean;
  /** Given without a look. */
  readonly unseen?: boolean;
  /** What «not seen» leads to here. */
  readonly notSeen: 'retry' | 'visit';
  /** Number keys give the verdict, «not seen» with two presses; only on the page of a look. */
  readonly keys?: boolean;
}

const signs = { 'all-well': WellSign, 'not-seen': UnseenSign, 'help-needed': HelpSign } as const;

export function Verdicts({
  give,
  busy,
  seen,
  notSeen,
  another = false,
  unseen = false,
  keys: wanted = false,
}: VerdictsProps) {
  const { say } = useWords();
  const { clock } = useAround();
  const [armed, setArmed] = useState<Armed>();
  const keys = useHasLetterKeys() && wanted;
  useEffect(() => {
    if (!armed) return;
    const waiting = new AbortController();
    void clock.sleep(againWithin, waiting.signal).then(() => waiting.signal.aborted || setArmed(undefined));
    return () => waiting.abort();
  }, [clock, armed]);
  const may = (verdict: Verdict) =>
    !busy && (seen || verdict === 'help-needed') && !(another && verdict === 'all-well');
  const press = (key: string) => {
    const pressed = pressVerdict(armed, key, clock.steady());
    const verdict = pressed?.give ?? pressed?.armed?.verdict;
    if (!pressed || !verdict || !may(verdict)) return false;
    setArmed(pressed.armed);
    if (pressed.give) give(pressed.give);
    return true;
  };
  useLetterKeys(keys ? press : undefined);
  const hint = (verdict: Verdict) => {
    if (verdict === armed?.verdict) return say('verdict.again', { key: verdictOrder.indexOf(verdict) + 1 });
    if (verdict === 'all-well' && unseen) return say('verdict.all-well.hint.unseen');
    if (verdict === 'not-seen' && notSeen === 'visit') return say('verdict.not-seen.hint.second');
    return say(`verdict.${verdict}.hint`);
  };
  return (
    <fieldset className={css['verdicts']} aria-label={say('verdict.label')}>
      {verdictOrder.map((verdict, index) => {
        const Sign = signs[verdict];
        return (
          <button
            key={verdict}
            type="button"
            className={css['verdict']}
            data-verdict={verdict}
            data-testid={`verdict-${verdict}`}
            disabled={!may(verdict)}
            onClick={() => give(verdict)}
            {...(keys ? { 'aria-keyshortcuts': String(index + 1) } : {})}
          >
            <Sign size={30} />
            <span>
              <b>{say(`verdict.${verdict}`)}</b>
              <small {...(verdict === armed?.verdict ? { role: 'status', 'data-armed': true } : {})}>
                {hint(verdict)}
              </small>
            </span>
            {keys ? <kbd>{index + 1}</kbd> : null}
          </button>
        );
      })}
    </fieldset>
  );
}
