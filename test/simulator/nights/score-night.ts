/** Pure. Scores a night's alarms against its ground truth: found in time, late, missed, false alarms; and minutes of bed state. */
import type { BedStateName } from '@nattfrid/shared/domain/evidence-code';
import type { NightTimeline, WantedAlarm } from './night-timeline.ts';

export interface ToldAlarm {
  readonly kind: string;
  readonly phase: string;
  readonly code: string;
  /** Seconds of the night. */
  readonly at: number;
}
export interface Outcome {
  readonly wanted: WantedAlarm;
  readonly how: 'in-time' | 'late' | 'missed';
  readonly told?: ToldAlarm;
}
export interface NightScore {
  readonly outcomes: readonly Outcome[];
  readonly falseAlarms: readonly ToldAlarm[];
  /** Further alarms for an event that was found already. */
  readonly again: readonly ToldAlarm[];
}

export function scoreNight(wanted: readonly WantedAlarm[], told: readonly ToldAlarm[]): NightScore {
  const began = told.filter(({ phase }) => phase === 'began');
  const taken = new Set<ToldAlarm>();
  const outcomes = wanted.map((one): Outcome => {
    const found = began.find((alarm) => !taken.has(alarm) && belongs(alarm, one));
    if (!found) return { wanted: one, how: 'missed' };
    taken.add(found);
    return { wanted: one, how: found.at <= one.by ? 'in-time' : 'late', told: found };
  });
  const rest = began.filter((alarm) => !taken.has(alarm));
  const again = rest.filter((alarm) => wanted.some((one) => belongs(alarm, one)));
  return { outcomes, again, falseAlarms: rest.filter((alarm) => !again.includes(alarm)) };
}

const belongs = ({ kind, at }: ToldAlarm, one: WantedAlarm): boolean =>
  kind === one.kind && at >= one.from && at <= one.to;

export interface BedMinutes {
  readonly right: number;
  readonly wrong: number;
  readonly unknown: number;
}

/** Seconds around a change of the true bed state that are not counted. */
const changing = 20;

/** @param said the state at each observation; `undefined`, where the unit gives none, counts as unknown */
export function scoreBed(
  truth: NightTimeline['bed'],
  said: readonly { readonly at: number; readonly is: BedStateName | undefined }[],
): BedMinutes {
  const sums = { right: 0, wrong: 0, unknown: 0 };
  let last = 0;
  for (const { at, is } of said) {
    const lasts = Math.min(2, at - last) / 60;
    last = at;
    const now = truth.findLast(({ from }) => from <= at);
    if (!now || truth.some(({ from }) => Math.abs(from - at) < changing && from > 0)) continue;
    sums[is === undefined || is === 'unknown' ? 'unknown' : is === now.is ? 'right' : 'wrong'] += lasts;
  }
  return sums;
}
