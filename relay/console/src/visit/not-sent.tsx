/** What was pressed at visits and has not reached the relay, and what the relay has refused: with the time at which it was pressed. */
import type { Instant } from '@nattfrid/shared/time/instant';
import { useAround } from '../around/around.tsx';
import { type Deed, refusedOf } from '../deeds/deeds.ts';
import { Press } from '../parts/press.tsx';
import { useStore } from '../state/store.ts';
import { known } from '../words/known.ts';
import { clockTime, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './not-sent.module.css';

/** With a link it takes less, and nobody has to read it. */
const shownAfter = 2500;

/** @param by whose @param now by the relay's clock */
export function NotSent({ by, now }: { by: string; now: Instant }) {
  const { say } = useWords();
  const { deeds } = useAround();
  const state = useStore(deeds.store);
  const waiting = state.all.filter(
    (one) => one.by === by && one.refused === undefined && now - readTime(one.pressedAt) >= shownAfter,
  );
  const refused = refusedOf(state, by);
  if (waiting.length + refused.length === 0) return null;
  return (
    <div className={css['all']}>
      {waiting.length > 0 ? (
        <section className={css['waiting']} role="status" aria-label={say('deeds.waiting')} data-testid="not-sent">
          <b>{say('deeds.waiting')}</b>
          <ul>
            {waiting.map((one) => (
              <Line key={one.deed} deed={one} />
            ))}
          </ul>
          <p>{say('deeds.waiting.words')}</p>
        </section>
      ) : null}
      {refused.map((one) => (
        <section key={one.deed} className={css['refused']} role="alert" data-testid="deed-refused">
          <b>{say('deeds.refused')}</b>
          <ul>
            <Line deed={one} />
          </ul>
          <p>{say(known('deedRefused', one.refused ?? '') ?? 'deedRefused.other')}</p>
          <Press press={() => deeds.store.send({ type: 'read', deed: one.deed })} data-testid="deed-read">
            {say('deeds.read')}
          </Press>
        </section>
      ))}
    </div>
  );
}

function Line({ deed: { step, client, pressedAt } }: { deed: Deed }) {
  const { say, language } = useWords();
  const what = step.to === 'done' ? step.outcome : say(`visit.state.${step.to}`);
  return (
    <li>
      <time dateTime={pressedAt}>{clockTime(readTime(pressedAt), language)}</time> {client} · {what}
    </li>
  );
}
