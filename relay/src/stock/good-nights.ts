/** Pure. How many nights in a row a new unit has done what it is there for: each agreed look shown and judged, and never silent. */
import { dayOf } from '@nattfrid/shared/domain/window';
import { hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import type { KnownLook } from '../record/look.ts';

/** A night belongs to the date on which it began: what is before noon, to the day before. */
const nightOf = (at: number): string => dayOf(after(instant(at), milliseconds(-hours(12))));

/**
 * @param looks of the unit, in any order @param silences when alarms about its silence came
 * @param today nights that are not over are not counted
 */
export function goodNights(looks: readonly KnownLook[], silences: readonly Instant[], today: Instant): number {
  const nights = new Map<string, boolean>();
  const isGood = (look: KnownLook) => look.name === 'done' && look.verdict !== undefined && look.fault === undefined;
  for (const look of looks) {
    if (look.facts.origin !== 'plan') continue;
    const night = nightOf(look.facts.dueFrom);
    if (night >= nightOf(today)) continue;
    nights.set(night, (nights.get(night) ?? true) && isGood(look));
  }
  for (const at of silences) if (nights.has(nightOf(at))) nights.set(nightOf(at), false);
  const newestFirst = [...nights].toSorted(([one], [other]) => other.localeCompare(one));
  const firstBad = newestFirst.findIndex(([, good]) => !good);
  return firstBad < 0 ? newestFirst.length : firstBad;
}
