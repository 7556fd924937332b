/** The banner over a desk that may be out of date: since when, and what to do. */

import { useLocalNow } from '../around/around.tsx';
import { AlarmSign } from '../parts/icons.tsx';
import type { Freshness } from '../state/desk.ts';
import { ago, clockTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './frame.module.css';

export function StaleBanner({ fresh }: { fresh: Freshness }) {
  const { say, language } = useWords();
  const now = useLocalNow();
  if (fresh.name === 'fresh') return null;
  return (
    <section className={css['stale']} data-testid="stale-banner" aria-label={say('link.stale')}>
      <AlarmSign size={44} />
      <div>
        <strong role="alert">{say('link.stale')}</strong>
        <span>
          {fresh.name === 'stale'
            ? say('link.stale.words', { time: clockTime(fresh.since, language), ago: ago(fresh.since, now, say) })
            : say('link.stale.never')}
        </span>
      </div>
    </section>
  );
}
