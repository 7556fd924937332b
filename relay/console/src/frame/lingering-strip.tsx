/** On every page: a verdict that can still be taken back though its person has gone on, and one that did not come through. */
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { useEffect, useState } from 'react';
import { useAround } from '../around/around.tsx';
import parts from '../parts/parts.module.css';
import press from '../parts/press.module.css';
import { useHasLetterKeys, useLetterKeys } from '../parts/use-letter-keys.ts';
import { useGo } from '../parts/way.tsx';
import { useStore } from '../state/store.ts';
import { secondsLeft } from '../verdict/held-verdict.ts';
import { backKey } from '../verdict/verdict-keys.ts';
import { known } from '../words/known.ts';
import { useWords } from '../words/words.ts';
import css from './lingering-strip.module.css';

export function LingeringStrip() {
  const { say } = useWords();
  const go = useGo();
  const { lingering } = useAround();
  const state = useStore(lingering);
  const keys = useHasLetterKeys();
  const undo = () => {
    if (state.name !== 'held') return;
    lingering.send({ type: 'undone' });
    go({ page: state.about.page, id: state.about.id });
  };
  useLetterKeys((key) => {
    // What the page itself asks is answered first.
    if (key !== backKey || state.name !== 'held' || document.querySelector('[data-own-escape]')) return false;
    undo();
    return true;
  });
  if (state.name === 'none') return null;
  const { about, said } = state;
  const verdict = say(`verdict.${said.verdict}`);
  if (state.name === 'held')
    return (
      <section className={css['strip']} aria-label={say('lingering.title')} data-testid="lingering">
        <Seconds until={state.until}>
          {(left) => say('lingering.held', { client: about.client, verdict, left })}
        </Seconds>
        <button type="button" className={press['plain']} onClick={undo} data-testid="lingering-undo">
          {say('verdict.held.undo')} {keys ? <kbd>{say('key.escape')}</kbd> : null}
        </button>
      </section>
    );
  const why = known('fault', state.why);
  return (
    <section className={css['strip']} role="alert" data-failed data-testid="lingering-failed">
      <p>
        <b>{say('lingering.failed', { client: about.client, verdict })}</b> {why ? say(why) : ''}
      </p>
      <span className={css['acts']}>
        {state.why === 'needs-confirming' || state.why === 'not-now' ? null : (
          <button type="button" className={press['plain']} onClick={() => lingering.send({ type: 'again' })}>
            {say('lingering.again')}
          </button>
        )}
        <button
          type="button"
          className={press['plain']}
          onClick={() => {
            lingering.send({ type: 'put-away' });
            go({ page: about.page, id: about.id });
          }}
        >
          {say('lingering.show')}
        </button>
      </span>
    </section>
  );
}

/** The seconds are for the eye alone: a screen reader was told once, when it was pressed. */
function Seconds({ until, children }: { until: Duration; children: (left: number) => string }) {
  const { clock } = useAround();
  const [now, setNow] = useState(() => clock.steady());
  useEffect(() => {
    const ticking = clock.every(milliseconds(200), () => setNow(clock.steady()));
    return () => ticking[Symbol.dispose]();
  }, [clock]);
  return (
    <p>
      <span aria-hidden="true">{children(secondsLeft({ until }, now))}</span>
      <span className={parts['hidden']}>{children(5)}</span>
    </p>
  );
}
