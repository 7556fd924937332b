/** The last seven days of a unit: contact, camera, clock and plan, hour by hour. */
import type { UnitWeek as Week } from '@nattfrid/shared/desk/unit-week';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { dayOf } from '@nattfrid/shared/domain/window';
import { hours } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { scaleLinear } from 'd3-scale';
import { useUnitWeek } from '../around/asking-serve.ts';
import { number, stamp, weekday } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './plot.module.css';
import { Plot } from './plot.tsx';
import { badHours, dayStarts, sharesOf, type WeekRow, weekHours, weekRows, wholeOf } from './week-figures.ts';

const [rowHeight, bandHeight, foot] = [44, 20, 22];

/** @param of which of several units of a home it is */
export function UnitWeek({ unit, of }: { unit: UnitId; of?: string | undefined }) {
  const { say } = useWords();
  const week = useUnitWeek(unit).data;
  if (!week) return null;
  if (week.hours.length === 0) return <p className={css['none']}>{say('week.none')}</p>;
  const bad = badHours(week);
  return (
    <Plot
      title={[say('week.title'), of].filter(Boolean).join(' · ')}
      says={say(bad.length === 0 ? 'week.well' : 'week.bad', { count: bad.length })}
      height={weekRows.length * rowHeight + foot}
      legend={[
        { mark: 'solid', words: say('week.legend.well') },
        { mark: 'hatched', words: say('week.legend.bad') },
      ]}
      heads={[say('week.hour'), ...weekRows.map((row) => say(`week.row.${row}`))]}
      rows={bad.map((hour) => [
        stamp(hour.hour),
        ...weekRows.map((row) => percent(row === 'heard' ? hour.samples : hour.heard, hour[row])),
      ])}
      draw={(width) => <Strips week={week} width={width} />}
      data-testid="unit-week"
    />
  );
}

const percent = (all: number, some: number): string => (all === 0 ? '–' : `${Math.round((100 * some) / all)} %`);

function Strips({ week, width }: { week: Week; width: number }) {
  const { language } = useWords();
  const from = instant(Date.parse(week.from));
  const x = scaleLinear([0, weekHours], [0, width]);
  const days = dayStarts(from, dayOf);
  const bottom = weekRows.length * rowHeight;
  return (
    <>
      {days.map((index, nth) => (
        <g key={index}>
          <line className={css['grid']} x1={x(index)} x2={x(index)} y1={0} y2={bottom} />
          {x(index) < width - 40 && (width > 420 || nth % 2 === 0) ? (
            <text className={css['label']} x={x(index) + 4} y={bottom + 15}>
              {weekday((from + index * hours(1)) as Instant, language)}
            </text>
          ) : null}
        </g>
      ))}
      {weekRows.map((row, index) => (
        <g key={row} transform={`translate(0 ${index * rowHeight})`}>
          <Strip row={row} week={week} width={width} />
        </g>
      ))}
    </>
  );
}

function Strip({ row, week, width }: { row: WeekRow; week: Week; width: number }) {
  const { say, language } = useWords();
  const x = scaleLinear([0, weekHours], [0, width]);
  const whole = wholeOf(row, week);
  const top = rowHeight - bandHeight;
  return (
    <>
      <text className={css['label']} y={top - 6}>
        {say(`week.row.${row}`)}
        {whole === undefined ? '' : ` · ${number(Math.floor(whole * 1000) / 10, language)} %`}
      </text>
      <line className={css['unknown']} x1={0} x2={width} y1={rowHeight - 1} y2={rowHeight - 1} />
      {runsOf(sharesOf(row, week)).map(({ from, until, share }) => {
        const at = { x: x(from), width: Math.max(1, x(until) - x(from)) };
        const good = bandHeight * share;
        return (
          <g key={from}>
            <rect {...at} className={css['solid']} y={rowHeight - good} height={good} />
            {share < 1 ? <rect {...at} className={css['hatched']} y={top} height={bandHeight - good} /> : null}
          </g>
        );
      })}
    </>
  );
}

/** Hours side by side that are alike are one rectangle. */
function runsOf(shares: readonly (number | undefined)[]) {
  const runs: { from: number; until: number; share: number }[] = [];
  for (const [index, share] of shares.entries()) {
    const last = runs.at(-1);
    if (share === undefined) continue;
    if (last?.until === index && last.share === share) last.until++;
    else runs.push({ from: index, until: index + 1, share });
  }
  return runs;
}
