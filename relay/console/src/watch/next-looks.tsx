/** The looks to come tonight: a home by its name, a window with many homes in one line. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Round } from '@nattfrid/shared/desk/rounds';
import type { LookId } from '@nattfrid/shared/domain/ids';
import { useMemo } from 'react';
import { useNow } from '../around/around.tsx';
import parts from '../parts/parts.module.css';
import { When } from '../parts/when.tsx';
import { ahead, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './watch.module.css';

const shown = 6;
/** So many homes of one window are named. */
const named = 2;
const renewed = 10_000;

interface Line {
  readonly id: string;
  readonly at: string;
  readonly who: readonly LookView[];
}

export function NextLooks(props: { looks: ReadonlyMap<LookId, LookView>; rounds: readonly Round[] }) {
  const { looks, rounds } = props;
  const { say } = useWords();
  const now = useNow(renewed);
  const lines = useMemo(() => linesOf(looks, rounds, now), [looks, rounds, now]);
  return (
    <section className={parts['card']} aria-labelledby="next-looks" data-testid="next-looks">
      <h2 id="next-looks">{say('watch.next')}</h2>
      {lines.length === 0 ? (
        <p className={css['quiet']}>{say('watch.next.none')}</p>
      ) : (
        <ul className={css['list']}>
          {lines.slice(0, shown).map(({ id, at, who }) => (
            <li key={id} className={css['row']}>
              <When at={at} />
              <span>
                {who.length > named ? say('watch.round.coming', { count: who.length }) : who.map(wordsOf).join(', ')}
                {who.length === 1 && who[0]!.attempt > 1 ? (
                  <small> · {say('look.attempt', { count: who[0]!.attempt })}</small>
                ) : null}
              </span>
              <small>{ahead(readTime(at), now, say)}</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const wordsOf = ({ client }: LookView): string => client;

/** What begins at one time stands in one line. */
function linesOf(looks: ReadonlyMap<LookId, LookView>, rounds: readonly Round[], now: number): readonly Line[] {
  const inRounds = rounds.flatMap(({ homes }) => homes.map(({ look }) => look));
  const known = new Set(inRounds.map(({ look }) => look));
  const others = [...looks.values()].filter(
    ({ state, dueFrom, beside, look }) => state === 'due' && readTime(dueFrom) > now && !beside && !known.has(look),
  );
  const byTime = Map.groupBy([...inRounds, ...others], ({ dueFrom }) => dueFrom);
  return [...byTime].map(([at, who]): Line => ({ id: at, at, who })).sort((a, b) => readTime(a.at) - readTime(b.at));
}
