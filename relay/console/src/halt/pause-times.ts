/** Pure. Until when a pause lasts, by the clock on the wall. */
import { dayAfter, dayOf, momentOn } from '@nattfrid/shared/domain/window';
import type { Instant } from '@nattfrid/shared/time/instant';
import { readWallTime } from '../parts/wall-time.ts';

/** The next time that the clock shows this. @param typed «7», «07:00» @returns undefined where it is no time */
export function nextAt(typed: string, now: Instant): Instant | undefined {
  const time = readWallTime(typed);
  if (!time) return undefined;
  const today = dayOf(now);
  const at = momentOn(today, time);
  return at > now ? at : momentOn(dayAfter(today), time);
}

/** Noon of a date, so that a pause over dates holds whole nights. @param day as a field for dates gives it; empty where none is chosen */
export const noonOf = (day: string): Instant | undefined =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) ? momentOn(day, '12:00') : undefined;
