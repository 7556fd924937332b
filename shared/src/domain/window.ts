/**
 * Pure. Agreed times of day, by the clock on the wall in Europe/Stockholm: when exactly they open and close. The one door to
 * Temporal.
 *
 * The two odd nights: a time in the hour that is lost (2027-03-28 02:00 to 03:00) means the first moment that exists, 03:00,
 * and a window that lies wholly in it keeps its length from there. A time in the hour that comes twice (2026-10-25 02:00 to
 * 03:00) means the first of the two, so that a window opens exactly once.
 */
import { Temporal } from 'temporal-polyfill';
import { hours } from '../time/duration.ts';
import { type Instant, instant } from '../time/instant.ts';
import type { WallTime } from './plan.ts';

const zone = 'Europe/Stockholm';

/** From one time of day to another; one whose end is not after its start runs past midnight. */
export interface DayTimes {
  readonly from: WallTime;
  readonly to: WallTime;
}

/** One night's opening of a window: from `opens`, up to but not including `closes`. */
export interface Occurrence {
  /** The date on which it opens, «2026-10-25»: with the window's id its name for ever. */
  readonly day: string;
  readonly opens: Instant;
  readonly closes: Instant;
}

/** The occurrence that is open at this moment; of two that touch, the later. */
export function windowAt(window: DayTimes, at: Instant): Occurrence | undefined {
  const today = local(at).toPlainDate();
  return [today, today.subtract({ days: 1 })]
    .map((day) => occurrence(window, day))
    .find(({ opens, closes }) => opens <= at && at < closes);
}

/** All that open in [from, to), in order: a day's list and the next day's have none twice and leave none out. */
export function windowsBetween(window: DayTimes, from: Instant, to: Instant): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const end = local(to).toPlainDate();
  for (let day = local(from).toPlainDate(); Temporal.PlainDate.compare(day, end) <= 0; day = day.add({ days: 1 })) {
    const one = occurrence(window, day);
    if (one.opens >= from && one.opens < to) found.push(one);
  }
  return found;
}

/** «23:45»; with seconds «23:45:07». */
export function timeOfDay(at: Instant, precision: 'minute' | 'second' = 'minute'): string {
  return local(at).toPlainTime().toString({ smallestUnit: precision });
}

/** The first moment of a date, «2026-10-25», by the clock on the wall. */
export const startOfDay = (day: string): Instant =>
  moment(Temporal.PlainDate.from(day), Temporal.PlainTime.from('00:00'));

/** The date after this one. */
export const dayAfter = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString();

/** The Monday of its week: «2026-11-28» gives «2026-11-23». */
export function mondayOf(day: string): string {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
}

/** The same date so many months later, or the last of that month: «2026-08-31» and 6 give «2027-02-28». */
export const monthsAfter = (day: string, months: number): string =>
  Temporal.PlainDate.from(day).add({ months }).toString();

/** A time of day on a date, by the clock on the wall. */
export const momentOn = (day: string, time: WallTime): Instant =>
  moment(Temporal.PlainDate.from(day), Temporal.PlainTime.from(time));

/** «2026-10-25». Asked for each picture, while the calendar takes a millisecond: it is asked once for each hour. */
export function dayOf(at: Instant): string {
  // By whole hours the clock here differs from UTC, and changes: within one of UTC's it is one day.
  const hour = Math.floor(at / hours(1));
  if (lastDay?.hour !== hour) lastDay = { hour, day: local(at).toPlainDate().toString() };
  return lastDay.day;
}
let lastDay: { readonly hour: number; readonly day: string } | undefined;

/** Asked for each plan twice a minute, while the calendar takes its time: what it has said of a day it says again. */
function occurrence({ from, to }: DayTimes, day: Temporal.PlainDate): Occurrence {
  const key = `${from} ${to} ${day.toString()}`;
  let one = known.get(key);
  if (!one) {
    if (known.size >= mostKnown) known.clear();
    one = occurrenceOn({ from, to }, day);
    known.set(key, one);
  }
  return one;
}
const known = new Map<string, Occurrence>();
const mostKnown = 4096;

function occurrenceOn({ from, to }: DayTimes, day: Temporal.PlainDate): Occurrence {
  const start = Temporal.PlainTime.from(from);
  const end = Temporal.PlainTime.from(to);
  const lastDay = Temporal.PlainTime.compare(end, start) > 0 ? day : day.add({ days: 1 });
  const opens = moment(day, start);
  const closes = moment(lastDay, end);
  const length = day.toPlainDateTime(start).until(lastDay.toPlainDateTime(end)).total('milliseconds');
  return { day: day.toString(), opens, closes: closes > opens ? closes : instant(opens + length) };
}

function moment(day: Temporal.PlainDate, time: Temporal.PlainTime): Instant {
  const wall = day.toPlainDateTime(time);
  const moment = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (moment.toPlainDateTime().equals(wall)) return instant(moment.epochMilliseconds);
  // The wall never showed this time: «earlier» has put it before the gap; the first moment that exists is the change itself.
  const change = moment.getTimeZoneTransition('next');
  return instant((change ?? moment).epochMilliseconds);
}

const local = (at: Instant): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
