/** A window of a whole day that does not end while a test runs by the real clock, also when the test runs over midnight. */
import type { WallTime } from '@nattfrid/shared/domain/plan';
import type { Instant } from '@nattfrid/shared/time/instant';

const hour = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', hour: '2-digit' });

/** @returns from the hour that began one to two hours before `now` in the home, to the same on the next day */
export function wholeDay(now: Instant): { readonly from: WallTime; readonly to: WallTime } {
  const began = (Number(hour.format(now)) + 23) % 24;
  const at = `${String(began).padStart(2, '0')}:00` as WallTime;
  return { from: at, to: at };
}
