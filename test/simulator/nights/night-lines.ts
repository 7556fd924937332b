/** Pure. Printed lines of a played night, and of the counts over several. */
import type { NightReport, NightSums } from './night-sums.ts';
import { rateInterval } from './rate-interval.ts';

const clock = (seconds: number) =>
  `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${String(Math.floor(seconds) % 60).padStart(2, '0')}`;

export function linesOf({ night, score, bed, pictures, seconds }: NightReport): readonly string[] {
  return [
    `${night.name} (simulated, seed ${night.seed}, ${night.minutes} min, ${night.events.length} events; ${pictures} pictures in ${Math.round(seconds)} s of work)`,
    ...score.outcomes.map(
      ({ wanted, how, told }) =>
        `  ${clock(wanted.from)}  ${wanted.event}: ${how === 'missed' ? 'MISSED' : `found ${how === 'late' ? 'LATE' : 'in time'}, ${told!.code} at ${clock(told!.at)}`}`,
    ),
    ...score.again.map(({ at, kind, code }) => `  ${clock(at)}  told again: ${kind} ${code}`),
    ...score.falseAlarms.map(({ at, kind, code }) => `  ${clock(at)}  FALSE ALARM: ${kind} ${code}`),
    `  bed: ${shares(bed)}`,
  ];
}

export function sumLines(sums: NightSums): readonly string[] {
  const { low, high } = rateInterval(sums.falseAlarms, Math.max(1, sums.nights));
  return [
    `${sums.nights} simulated nights: ${sums.falseAlarms} false alarms, ${(sums.falseAlarms / Math.max(1, sums.nights)).toFixed(2)} a night (95 %: ${low.toFixed(2)} to ${high.toFixed(2)}); ${sums.found} of ${sums.wanted} scripted events found, ${sums.late} of them late`,
    `bed against the script: ${shares(sums.bed)}`,
  ];
}

function shares({ right, wrong, unknown }: NightSums['bed']): string {
  const percent = (part: number) => `${((100 * part) / Math.max(1e-9, right + wrong + unknown)).toFixed(1)} %`;
  return `${percent(right)} of the minutes right, ${percent(wrong)} wrong, ${percent(unknown)} unknown`;
}
