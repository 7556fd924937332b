/** When looks and alarms come, false alarms by week, and how soon somebody has an alarm and is there. */
import type { OverTime } from '@nattfrid/shared/desk/follow-up-view';
import { Bars } from '../plot/bars.tsx';
import css from '../plot/plot.module.css';
import { Plot } from '../plot/plot.tsx';
import { Shares } from '../plot/shares.tsx';
import { useWords } from '../words/words.ts';

const height = 190;
/** The night is in the middle: from noon to noon. */
const hoursOfNight = Array.from({ length: 24 }, (_, index) => (index + 12) % 24);
const hourName = (hour: number): string => String(hour).padStart(2, '0');

export function OverTimePlots({ overTime }: { overTime: OverTime }) {
  const { looksByHour, alarmsByHour, weeks, taken } = overTime;
  return (
    <div className={css['plots']}>
      {looksByHour.some((many) => many > 0) ? <ByHour what="looks" counts={looksByHour} /> : null}
      {alarmsByHour.some((many) => many > 0) ? <ByHour what="alarms" counts={alarmsByHour} /> : null}
      {weeks.length > 0 ? <Weeks weeks={weeks} /> : null}
      {taken > 0 ? <Within overTime={overTime} /> : null}
    </div>
  );
}

function ByHour({ what, counts }: { what: 'looks' | 'alarms'; counts: readonly number[] }) {
  const { say } = useWords();
  const most = hoursOfNight.reduce((best, hour) => ((counts[hour] ?? 0) > (counts[best] ?? 0) ? hour : best), 12);
  const rows = hoursOfNight.map((hour) => [hourName(hour), counts[hour] ?? 0] as const);
  return (
    <Plot
      title={say(`plot.${what}ByHour`)}
      says={say('plot.most', { from: hourName(most), until: hourName((most + 1) % 24), count: counts[most] ?? 0 })}
      height={height}
      heads={[say('plot.hour'), say('plot.many')]}
      rows={rows}
      draw={(width) => (
        <Bars
          bars={rows.map(([name, solid]) => ({ name, solid }))}
          labelled={(index) => index % 3 === 0}
          {...{ width, height }}
        />
      )}
      data-testid={`plot-${what}`}
    />
  );
}

function Weeks({ weeks }: { weeks: OverTime['weeks'] }) {
  const { say } = useWords();
  const [all, none] = [sum(weeks.map(({ alarms }) => alarms)), sum(weeks.map(({ falseAlarms }) => falseAlarms))];
  return (
    <Plot
      title={say('plot.weeks')}
      says={say('plot.weeks.says', { none, all })}
      height={height}
      legend={[
        { mark: 'hatched', words: say('plot.false') },
        { mark: 'solid', words: say('plot.other') },
      ]}
      heads={[say('plot.week'), say('plot.alarms'), say('plot.false')]}
      rows={weeks.map(({ week, alarms, falseAlarms }) => [week, alarms, falseAlarms])}
      draw={(width) => {
        const each = Math.ceil(weeks.length / Math.max(1, Math.floor(width / 90)));
        return (
          <Bars
            bars={weeks.map(({ week, alarms, falseAlarms }) => ({
              name: week.slice(5),
              solid: alarms - falseAlarms,
              hatched: falseAlarms,
            }))}
            labelled={(index) => index % each === 0}
            {...{ width, height }}
          />
        );
      }}
      data-testid="plot-weeks"
    />
  );
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

function Within({ overTime: { within, taken, there } }: { overTime: OverTime }) {
  const { say } = useWords();
  const share = (some: number, all: number) => (all === 0 ? 0 : some / all);
  const percent = (some: number, all: number) => (all === 0 ? '–' : `${Math.round(100 * share(some, all))} %`);
  const five = within.find(({ minutes }) => minutes === 5);
  const thirty = within.find(({ minutes }) => minutes === 30);
  return (
    <Plot
      title={say('plot.within')}
      says={say('plot.within.says', {
        taken: percent(five?.taken ?? 0, taken),
        there: percent(thirty?.there ?? 0, there),
      })}
      height={height}
      heads={[say('plot.minutes'), say('plot.taken'), say('plot.there')]}
      rows={within.map((one) => [one.minutes, percent(one.taken, taken), percent(one.there, there)])}
      draw={(width) => (
        <Shares
          first={within.map((one) => ({ at: one.minutes, share: share(one.taken, taken) }))}
          second={there === 0 ? [] : within.map((one) => ({ at: one.minutes, share: share(one.there, there) }))}
          names={[say('plot.taken'), say('plot.there')]}
          units={['%', 'min']}
          {...{ width, height }}
        />
      )}
      data-testid="plot-within"
    />
  );
}
