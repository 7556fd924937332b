/** The line of the night: looks done and to come, alarms, and now. The lists say the same in words. */
import { useMemo } from 'react';
import { useDesk, useNow } from '../around/around.tsx';
import { AlarmSign } from '../parts/icons.tsx';
import parts from '../parts/parts.module.css';
import { clockTime } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import { nightMarks } from './night-marks.ts';
import css from './watch.module.css';

const percent = (share: number) => `${(Math.max(0, Math.min(1, share)) * 100).toFixed(2)}%`;

export function Night() {
  const { say, language } = useWords();
  const now = useNow(10_000);
  const desk = useDesk();
  const night = useMemo(() => nightMarks(desk, now), [desk, now]);
  const time = (at: Parameters<typeof clockTime>[0]) => clockTime(at, language);
  return (
    <section className={`${parts['card']} ${css['night']}`} aria-labelledby="night">
      <h2 id="night">{say('watch.night')}</h2>
      <div
        className={css['band']}
        role="img"
        aria-label={say('watch.night.label', { from: time(night.begins), until: time(night.ends) })}
      >
        {night.hours.map((hour) => (
          <span key={hour.at} className={css['hour']} style={{ left: percent(hour.from), width: percent(1 / 12) }}>
            {time(hour.at).slice(0, 2)}
          </span>
        ))}
        {night.looks.map((mark) => (
          <span
            key={mark.id}
            className={css['mark']}
            style={{ left: percent(mark.from), width: percent(mark.width) }}
            {...(mark.done ? { 'data-done': true } : {})}
          />
        ))}
        {night.alarms.map((mark) => (
          <span key={mark.id} className={css['mark']} data-alarm style={{ left: percent(mark.from) }}>
            <AlarmSign size={24} />
          </span>
        ))}
        <span className={css['now']} style={{ left: percent(night.now) }}>
          {say('watch.night.now', { time: time(now) })}
        </span>
      </div>
    </section>
  );
}
