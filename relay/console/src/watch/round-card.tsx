/** One window with many homes: how far it has come, how long is left, the way into the round, and the first homes that wait. */
import { useMay, useNow } from '../around/around.tsx';
import { LookSign } from '../parts/icons.tsx';
import { Press } from '../parts/press.tsx';
import { useGo } from '../parts/way.tsx';
import type { RoundNow } from '../state/board.ts';
import { clockTime, length } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { LookCard } from './look-card.tsx';
import { SomeOf } from './some-of.tsx';
import css from './watch.module.css';

const shown = 4;

export function RoundCard({ now: { round, due } }: { now: RoundNow }) {
  const { say, language } = useWords();
  const now = useNow();
  const go = useGo();
  const mayLook = useMay('look');
  const { from, until, homes, done } = round;
  const all = homes.length;
  const times = { from: clockTime(from, language), until: clockTime(until, language) };
  const allDay = times.from === times.until;
  const left = until - now;
  const title = `round-${until}`;
  return (
    <section className={css['round']} data-testid="watch-round" aria-labelledby={title}>
      <div className={css['roundHead']}>
        <div>
          <p className={css['tag']}>
            <LookSign size={24} /> {say(allDay ? 'watch.round.allDay' : 'watch.round', times)}
          </p>
          <h2 id={title} className={css['what']} data-testid="watch-round-progress">
            {say('round.progress', { done, all })}
          </h2>
          <p className={css['line']}>
            {say('watch.round.due', { count: due.length })} ·{' '}
            <strong>
              {left > 0 ? say('watch.round.left', { length: length(left, say) }) : say('watch.round.over')}
            </strong>
          </p>
        </div>
        {mayLook ? (
          <div className={css['acts']}>
            <Press tone="cool" large press={() => go({ page: 'round' })} data-testid="to-round">
              {say(done === 0 ? 'watch.round.begin' : 'watch.round.go')}
            </Press>
          </div>
        ) : null}
        <progress value={done} max={all} aria-label={say('round.progress.label', { done, all })} />
      </div>
      <SomeOf
        all={due}
        first={shown}
        idOf={({ look }) => look}
        draw={(look) => <LookCard look={look} line />}
        label={say('watch.round.waiting')}
      />
    </section>
  );
}
