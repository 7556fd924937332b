/** The three verdicts, always in the same place and order: all well by itself, and apart from it not seen and help needed. */
import type { Verdict } from '@nattfrid/shared/domain/look';
import { HelpSign, UnseenSign, WellSign } from '../parts/icons.tsx';
import { useHasLetterKeys, useLetterKeys } from '../parts/use-letter-keys.ts';
import { verdictKeys, verdictOf, verdictOrder } from '../verdict/verdict-keys.ts';
import { useWords } from '../words/words.ts';
import css from './verdicts.module.css';

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
  /** Letter keys press the verdicts; only on the page of a look. */
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
  const keys = useHasLetterKeys() && wanted;
  const may = (verdict: Verdict) =>
    !busy && (seen || verdict === 'help-needed') && !(another && verdict === 'all-well');
  const press = (key: string) => {
    const verdict = verdictOf(key);
    if (!verdict || !may(verdict)) return false;
    give(verdict);
    return true;
  };
  useLetterKeys(keys ? press : undefined);
  const hint = (verdict: Verdict) => {
    if (verdict === 'all-well' && unseen) return say('verdict.all-well.hint.unseen');
    if (verdict === 'not-seen' && notSeen === 'visit') return say('verdict.not-seen.hint.second');
    return say(`verdict.${verdict}.hint`);
  };
  return (
    <fieldset className={css['verdicts']} aria-label={say('verdict.label')}>
      {verdictOrder.map((verdict) => {
        const Sign = signs[verdict];
        const key = verdictKeys[verdict];
        return (
          <button
            key={verdict}
            type="button"
            className={css['verdict']}
            data-verdict={verdict}
            data-testid={`verdict-${verdict}`}
            disabled={!may(verdict)}
            onClick={() => give(verdict)}
            {...(keys ? { 'aria-keyshortcuts': key } : {})}
          >
            <Sign size={30} />
            <span>
              <b>{say(`verdict.${verdict}`)}</b>
              <small>{hint(verdict)}</small>
            </span>
            {keys ? <kbd>{key.toUpperCase()}</kbd> : null}
          </button>
        );
      })}
    </fieldset>
  );
}
