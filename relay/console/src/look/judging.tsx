/** The inside of a verdict card: the three verdicts, the question that is asked once more, or the verdict that can still be undone. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useAround, useDesk } from '../around/around.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { useHasLetterKeys, useLetterKeys } from '../parts/use-letter-keys.ts';
import { answerableAfter, heldFor, secondsLeft } from '../verdict/held-verdict.ts';
import { backKey, yesKey } from '../verdict/verdict-keys.ts';
import { useWords } from '../words/words.ts';
import { lackingWords } from './lacking-verdict-words.ts';
import css from './look.module.css';
import { NextLook } from './next-look.tsx';
import type { Holding } from './use-held-verdict.ts';
import { Verdicts, type VerdictsProps } from './verdicts.tsx';

interface JudgingProps extends Omit<VerdictsProps, 'give'> {
  readonly holding: Holding;
  /** The next look can be opened from here; only on the page of a look. */
  readonly next?: boolean;
}

export function Judging({ holding, next = false, ...verdicts }: JudgingProps) {
  switch (holding.held.name) {
    case 'none':
      return <Verdicts give={holding.give} {...verdicts} busy={verdicts.busy || holding.busy} />;
    case 'confirming':
      return <OnceMore holding={holding} notSeen={verdicts.notSeen} />;
    case 'held':
      return <Held holding={holding} next={next} />;
  }
}

/** Where «all well» rests on too little, «back» stands first and «yes» is quiet; where somebody will go there, «yes» is as loud as the verdict. */
function OnceMore({ holding, notSeen }: { holding: Holding; notSeen: VerdictsProps['notSeen'] }) {
  const { say } = useWords();
  const desk = useDesk();
  const answerable = useAnswerable();
  useLetterKeys((key) => {
    if (key === backKey) holding.undo();
    else if (key === yesKey && answerable) holding.confirm();
    return key === backKey || key === yesKey;
  });
  const focus = useFocus();
  const { held } = holding;
  if (held.name !== 'confirming') return null;
  const { verdict } = held;
  const doubted = verdict === 'all-well';
  const yes = (
    <Press
      large={!doubted}
      wide
      tone={verdict === 'help-needed' ? 'warm' : 'quiet'}
      disabled={!answerable}
      press={holding.confirm}
      data-testid="verdict-confirm"
    >
      {say(doubted ? 'verdict.onceMore.yes' : `verdict.onceMore.yes.${verdict}`)} <Key>{say('key.enter')}</Key>
    </Press>
  );
  const back = (
    <Press large={doubted} wide press={holding.undo} data-testid="verdict-back">
      {say('verdict.onceMore.back')} <Key>{say('key.escape')}</Key>
    </Press>
  );
  return (
    <div
      className={css['onceMore']}
      ref={focus}
      tabIndex={-1}
      role="alert"
      data-own-escape
      data-testid="verdict-once-more"
    >
      {doubted ? (
        <p>
          <b>{lackingWords(holding.lacking, desk, say)}</b> {say('verdict.onceMore')}
        </p>
      ) : (
        <p>
          <b>{say(`verdict.${verdict}`)}?</b>{' '}
          {say(verdict === 'not-seen' && notSeen === 'retry' ? 'verdict.onceMore.retry' : 'verdict.onceMore.visit')}
        </p>
      )}
      {doubted ? back : yes}
      {doubted ? yes : back}
    </div>
  );
}

/** The seconds are for the eye alone: a screen reader is told once. */
function Held({ holding, next }: { holding: Holding; next: boolean }) {
  const { say } = useWords();
  const focus = useFocus();
  const answerable = useAnswerable();
  useLetterKeys((key) => {
    if (key === backKey) holding.undo();
    return key === backKey;
  });
  const { held, now } = holding;
  if (held.name !== 'held') return null;
  const verdict = say(`verdict.${held.said.verdict}`);
  return (
    <div className={css['held']} ref={focus} tabIndex={-1} data-own-escape data-testid="verdict-held">
      <p role="status" className={parts['hidden']}>
        {say('verdict.held.status', { verdict })}
      </p>
      <p aria-hidden="true">{say('verdict.held', { verdict, seconds: secondsLeft(held, now) })}</p>
      <Remaining left={(held.until - now) / heldFor} />
      {next ? <NextLook pressable={answerable} /> : null}
      <Press large wide press={holding.undo} data-testid="verdict-undo">
        {say('verdict.held.undo')} <Key>{say('key.escape')}</Key>
      </Press>
    </div>
  );
}

/** A double click on what stood here before must not press what stands here now. */
function useAnswerable(): boolean {
  const { clock } = useAround();
  const [answerable, setAnswerable] = useState(false);
  useEffect(() => {
    const over = new AbortController();
    void clock.sleep(answerableAfter, over.signal).then(() => over.signal.aborted || setAnswerable(true));
    return () => over.abort();
  }, [clock]);
  return answerable;
}

/** @param left 0 to 1 */
export const Remaining = ({ left }: { left: number }) => (
  <span className={css['bar']} aria-hidden="true">
    <span style={{ width: `${(Math.min(1, Math.max(0, left)) * 100).toFixed(1)}%` }} />
  </span>
);

/** A key beside the words of its button, where single keys are left on. */
export function Key({ children }: { children: ReactNode }) {
  const keys = useHasLetterKeys();
  return keys ? <kbd className={css['key']}>{children}</kbd> : null;
}

/** The button that was pressed is gone: the keyboard goes on from here. */
function useFocus() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus({ preventScroll: true }), []);
  return place;
}
