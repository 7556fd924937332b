/** The work of the coming windows, for whoever is at the watch: how much, how many it needs, and a warning before it is too late. */
import { workLoad } from '@nattfrid/shared/desk/work-load';
import { minutes } from '@nattfrid/shared/time/duration';
import { useDesk, useNow } from '../around/around.tsx';
import parts from '../parts/parts.module.css';
import { withoutTraining } from '../state/training.ts';
import { clockTime, number, readTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './night.module.css';

const most = 4;

export function WorkAhead() {
  const { say, language } = useWords();
  const loads = useLoads();
  if (loads.length === 0) return null;
  return (
    <section className={parts['card']} aria-labelledby="work-ahead" data-testid="work-ahead">
      <h2 id="work-ahead">{say('load.title')}</h2>
      <ul className={css['loads']}>
        {loads.slice(0, most).map((load) => (
          <li key={load.until} {...(load.short ? { 'data-short': true } : {})}>
            <time dateTime={load.from}>{clockTime(readTime(load.from), language)}</time>
            <span>{say('load.line', { count: load.looks, minutes: number(load.minutes, language, 0) })}</span>
            <small>
              {load.short
                ? say('load.short', { needed: load.needed, operators: load.operators })
                : say('load.enough', { operators: load.operators })}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Above all that is calm: the first window that cannot be finished. */
export function WorkWarning() {
  const { say, language } = useWords();
  const short = useLoads().find((load) => load.short);
  const words = short && {
    from: clockTime(readTime(short.from), language),
    until: clockTime(readTime(short.until), language),
    needed: short.needed,
    operators: short.operators,
  };
  if (!words) return null;
  return (
    <p className={css['warning']} data-testid="work-warning">
      {say('load.warning', words)}
    </p>
  );
}

/** Nothing is said where nobody has made teams: then it is not known who is at work. */
function useLoads() {
  const { looks, night } = withoutTraining(useDesk());
  const now = useNow(minutes(0.25));
  if (night.teams.length === 0) return [];
  return workLoad([...looks.values()], night, now).filter((load) => load.looks > 0);
}
