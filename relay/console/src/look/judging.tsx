/** The inside of a verdict card: the three verdicts, the question that «all well» is asked once more, or the verdict that can still be undone. */
import { useEffect, useRef, useState } from 'react';
import { useAround, useDesk } from '../around/around.tsx';
import parts from '../parts/parts.module.css';
import { Press } from '../parts/press.tsx';
import { useWords } from '../words/words.ts';
import { answerableAfter, secondsLeft } from './held-verdict.ts';
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
      return <OnceMore holding={holding} />;
    case 'held':
      return <Held holding={holding} next={next} />;
  }
}

/** «Back» stands first, where the verdict was pressed. */
function OnceMore({ holding }: { holding: Holding }) {
  const { say } = useWords();
  const { clock } = useAround();
  const desk = useDesk();
  const [answerable, setAnswerable] = useState(false);
  useEffect(() => {
    const over = new AbortController();
    void clock.sleep(answerableAfter, over.signal).then(() => over.signal.aborted || setAnswerable(true));
    return () => over.abort();
  }, [clock]);
  return (
    <div className={css['onceMore']} ref={useFocus()} tabIndex={-1} role="alert" data-testid="verdict-once-more">
      <p>
        <b>{lackingWords(holding.lacking, desk, say)}</b> {say('verdict.onceMore')}
      </p>
      <Press large wide press={holding.undo} data-testid="verdict-back">
        {say('verdict.onceMore.back')}
      </Press>
      <Press wide disabled={!answerable} press={holding.confirm} data-testid="verdict-confirm">
        {say('verdict.onceMore.yes')}
      </Press>
    </div>
  );
}

/** The seconds are for the eye alone: a screen reader is told once. */
function Held({ holding, next }: { holding: Holding; next: boolean }) {
  const { say } = useWords();
  const focus = useFocus();
  const { held, now } = holding;
  if (held.name !== 'held') return null;
  const verdict = say(`verdict.${held.said.verdict}`);
  return (
    <div className={css['held']} ref={focus} tabIndex={-1} data-testid="verdict-held">
      <p role="status" className={parts['hidden']}>
        {say('verdict.held.status', { verdict })}
      </p>
      <p aria-hidden="true">{say('verdict.held', { verdict, seconds: secondsLeft(held, now) })}</p>
      <Press large wide press={holding.undo} data-testid="verdict-undo">
        {say('verdict.held.undo')}
      </Press>
      {next ? <NextLook before={holding.goOn} /> : null}
    </div>
  );
}

/** The button that was pressed is gone: the keyboard goes on from here. */
function useFocus() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus({ preventScroll: true }), []);
  return place;
}
