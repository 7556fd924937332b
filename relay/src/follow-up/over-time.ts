/** Pure. When looks and alarms come, how false alarms change from week to week, and how soon somebody is there: for plots, by nobody's name. */
import type { OverTime } from '@nattfrid/shared/desk/follow-up-view';
import { dayOf, mondayOf, timeOfDay } from '@nattfrid/shared/domain/window';
import type { Instant } from '@nattfrid/shared/time/instant';

/** Minutes within which somebody has taken an alarm, or is there. */
const withins = [1, 2, 5, 10, 15, 20, 30, 45, 60] as const;

/** @param at of each look and alarm; `taken` and `there` in seconds since the alarm, where there is such a time */
export function overTime(past: {
  readonly looks: readonly Instant[];
  readonly alarms: readonly {
    readonly at: Instant;
    readonly isFalse: boolean;
    readonly taken?: number | undefined;
    readonly there?: number | undefined;
  }[];
}): OverTime {
  const { looks, alarms } = past;
  const weeks = new Map<string, { alarms: number; falseAlarms: number }>();
  for (const { at, isFalse } of alarms) {
    const week = mondayOf(dayOf(at));
    const before = weeks.get(week) ?? { alarms: 0, falseAlarms: 0 };
    weeks.set(week, { alarms: before.alarms + 1, falseAlarms: before.falseAlarms + Number(isFalse) });
  }
  const taken = alarms.flatMap((one) => one.taken ?? []);
  const there = alarms.flatMap((one) => one.there ?? []);
  return {
    looksByHour: byHour(looks),
    alarmsByHour: byHour(alarms.map(({ at }) => at)),
    weeks: [...weeks].map(([week, counts]) => ({ week, ...counts })).toSorted((a, b) => a.week.localeCompare(b.week)),
    taken: taken.length,
    there: there.length,
    within: withins.map((minutes) => ({
      minutes,
      taken: taken.filter((seconds) => seconds <= minutes * 60).length,
      there: there.filter((seconds) => seconds <= minutes * 60).length,
    })),
  };
}

/** By the clock on the wall at the home. */
function byHour(times: readonly Instant[]): readonly number[] {
  const hours = Array.from({ length: 24 }, () => 0);
  for (const at of times) {
    const hour = Number(timeOfDay(at).slice(0, 2));
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  return hours;
}
