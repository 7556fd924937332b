/** The three verdicts, always in the same place and order: all well (1), not seen (2), help needed (3). */
import type { Verdict } from '@nattfrid/shared/domain/look';
import { useEffect } from 'react';
import { HelpSign, UnseenSign, WellSign } from '../parts/icons.tsx';
import { useWords } from '../words/words.ts';
import css from './look.module.css';

interface VerdictsProps {
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
  /** Number keys give the verdict; only on the page of a look. */
  readonly keys?: boolean;
}

const order = ['all-well', 'not-seen', 'help-needed'] as const;
const signs = { 'all-well': WellSign, 'not-seen': UnseenSign, 'help-needed': HelpSign } as const;

export function Verdicts({ give, busy, seen, notSeen, another = false, unseen = false, keys = false }: VerdictsProps) {
  const { say } = useWords();
  const may = (verdict: Verdict) =>
    !busy && (seen || verdict === 'help-needed') && !(another && verdict === 'all-well');
  useEffect(() => {
    if (!keys) return;
    const press = (event: KeyboardEvent) => {
      const verdict = order[Number(event.key) - 1];
      if (!verdict || !may(verdict) || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
      event.preventDefault();
      give(verdict);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
  const hint = (verdict: Verdict) => {
    if (verdict === 'all-well' && unseen) return say('verdict.all-well.hint.unseen');
    if (verdict === 'not-seen' && notSeen === 'visit') return say('verdict.not-seen.hint.second');
    return say(`verdict.${verdict}.hint`);
  };
  return (
    <fieldset className={css['verdicts']} aria-label={say('verdict.label')}>
      {order.map((verdict, index) => {
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
              <small>{hint(verdict)}</small>
            </span>
            {keys ? <kbd>{index + 1}</kbd> : null}
          </button>
        );
      })}
    </fieldset>
  );
}
