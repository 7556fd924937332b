/** Pure. Printed lines of a played night, and of the counts over several. */
import { gateLimits, type NightReport, type NightSums, sumNights } from './night-sums.ts';
import { rateInterval } from './rate-interval.ts';

const clock = (seconds: number) =>
  `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${String(Math.floor(seconds) % 60).padStart(2, '0')}`;

/** @param sealed only sums may be seen */
export function linesOf(report: NightReport, sealed = false): readonly string[] {
  const { night, score, bed, pictures, seconds } = report;
  const played = `${pictures} pictures in ${Math.round(seconds)} s of work`;
  if (sealed) {
    const { falseAlarms, found, wanted } = sumNights([report]);
    return [
      `${night.name} (simulated, seed ${night.seed}, ${night.minutes} min, sealed; ${played})`,
      `  ${falseAlarms} false alarms, ${found} of ${wanted} found; bed: ${shares(bed)}`,
    ];
  }
  return [
    `${night.name} (simulated, seed ${night.seed}, ${night.minutes} min, ${night.events.length} events; ${played})`,
    ...score.outcomes.map(
      ({ wanted, how, told }) =>
        `  ${clock(wanted.from)}  ${wanted.event}: ${how === 'missed' ? 'MISSED' : `found ${how === 'late' ? 'LATE' : 'in time'}, ${told!.code} at ${clock(told!.at)}`}`,
    ),
    ...score.again.map(({ at, kind, code }) => `  ${clock(at)}  told again: ${kind} ${code}`),
    ...score.falseAlarms.map(
      ({ at, kind, code }) => `  ${clock(at)}  FALSE ALARM: ${kind} ${code}${during(night, at)}`,
    ),
    `  bed: ${shares(bed)}`,
  ];
}

/** The last event of the script before the alarm. */
function during({ events }: NightReport['night'], at: number): string {
  const before = events.filter((event) => 60 * event.at <= at).sort((a, b) => b.at - a.at)[0];
  return before ? ` (${clock(at - 60 * before.at)} after ${before.do} began)` : ' (before the first event)';
}

export function sumLines(sums: NightSums): readonly string[] {
  const { low, high } = rateInterval(sums.falseAlarms, Math.max(1, sums.nights));
  return [
    `${sums.nights} simulated nights: ${sums.falseAlarms} false alarms, ${(sums.falseAlarms / Math.max(1, sums.nights)).toFixed(2)} a night (95 %: ${low.toFixed(2)} to ${high.toFixed(2)}); ${sums.found} of ${sums.wanted} scripted events found, ${sums.late} of them late`,
    `bed against the script: ${shares(sums.bed)}`,
  ];
}

/** @param name of what was made worse */
export const harderLine = (name: string, { falseAlarms, found, wanted, bed }: NightSums): string =>
  `${name}: ${falseAlarms} false alarms, ${found} of ${wanted} found; bed: ${shares(bed)}`;

/** What the gate says, one line for each of its figures. */
export function gateLines(sums: NightSums): readonly string[] {
  const all = gateLimits(sums);
  const words = all.map(({ name, is, limit, holds }) => `  ${holds ? 'holds' : 'FELL '}  ${name}: ${is}, ${limit}`);
  return [`The gate ${all.every(({ holds }) => holds) ? 'holds' : 'FELL'}:`, ...words];
}

function shares({ right, wrong, unknown }: NightSums['bed']): string {
  const percent = (part: number) => `${((100 * part) / Math.max(1e-9, right + wrong + unknown)).toFixed(1)} %`;
  return `${percent(right)} of the minutes right, ${percent(wrong)} wrong, ${percent(unknown)} unknown`;
}
