/** Pure. The week of a unit as it is drawn and told: four rows of hours, each with how much of it was as it should be. */
import type { UnitHour, UnitWeek } from '@nattfrid/shared/desk/unit-week';
import { hours } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export const weekRows = ['heard', 'camera', 'clock', 'plan'] as const;
export type WeekRow = (typeof weekRows)[number];
/** So many hours are drawn. */
export const weekHours = 7 * 24;

/** @returns in [0, 1]; undefined: nothing is known of it */
function shareOf(row: WeekRow, hour: UnitHour): number | undefined {
  const of = row === 'heard' ? hour.samples : hour.heard;
  return of === 0 ? undefined : hour[row] / of;
}

/** Each hour of the week from its first on; undefined: nothing is known of it. */
export function sharesOf(row: WeekRow, { from, hours: known }: UnitWeek): readonly (number | undefined)[] {
  const shares: (number | undefined)[] = Array.from({ length: weekHours }, () => undefined);
  for (const hour of known) {
    const index = Math.round((Date.parse(hour.hour) - Date.parse(from)) / hours(1));
    if (index >= 0 && index < weekHours) shares[index] = shareOf(row, hour);
  }
  return shares;
}

/** How much of what is known was as it should be. @returns undefined: nothing is known */
export function wholeOf(row: WeekRow, { hours: known }: UnitWeek): number | undefined {
  let [good, all] = [0, 0];
  for (const hour of known) {
    good += hour[row];
    all += row === 'heard' ? hour.samples : hour.heard;
  }
  return all === 0 ? undefined : good / all;
}

/** Hours in which something was not as it should be, the newest first. */
export const badHours = ({ hours: known }: UnitWeek): readonly UnitHour[] =>
  known.filter((hour) => weekRows.some((row) => (shareOf(row, hour) ?? 1) < 1)).toReversed();

/** The first moment of each hour that begins a day by the given clock. @param dayOf date of a moment, on the wall */
export function dayStarts(from: Instant, dayOf: (at: Instant) => string): readonly number[] {
  const found: number[] = [];
  for (let index = 1; index < weekHours; index++) {
    const [before, at] = [from + (index - 1) * hours(1), from + index * hours(1)];
    if (dayOf(before as Instant) !== dayOf(at as Instant)) found.push(index);
  }
  return found;
}
