/** Pure. What a municipality of 65 homes comes to in a month, and a unit in a week: laid over what the relay of the walk tells, which is one evening old. */
import type { Statistics } from '@nattfrid/shared/desk/follow-up-view';
import type { UnitHour, UnitWeek } from '@nattfrid/shared/desk/unit-week';
import { hours } from '@nattfrid/shared/time/duration';
import { instant, printInstant } from '@nattfrid/shared/time/instant';

/** By the hour of the wall clock, from midnight. */
const looksByHour = [210, 260, 190, 240, 150, 90, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30, 90, 180, 240];
const alarmsByHour = [9, 11, 14, 12, 8, 7, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 6, 8];
const weeks = [
  { week: '2026-11-02', alarms: 24, falseAlarms: 5 },
  { week: '2026-11-09', alarms: 19, falseAlarms: 2 },
  { week: '2026-11-16', alarms: 22, falseAlarms: 3 },
  { week: '2026-11-23', alarms: 21, falseAlarms: 0 },
];
const within = [
  { minutes: 1, taken: 38, there: 0 },
  { minutes: 2, taken: 61, there: 0 },
  { minutes: 5, taken: 80, there: 1 },
  { minutes: 10, taken: 84, there: 6 },
  { minutes: 20, taken: 86, there: 19 },
  { minutes: 30, taken: 86, there: 27 },
  { minutes: 60, taken: 86, there: 31 },
];

export const ofAMonth = (told: Statistics): Statistics => ({
  ...told,
  looks: { agreed: 1700, done: 1662, late: 41, retried: 58, missed: 21, failed: 17 },
  visits: { caused: 74, avoided: 1588 },
  saved: { ...told.saved, minutes: 31_760, kilometres: 9_528, kilogramsCo2: 1_391 },
  overTime: { looksByHour, alarmsByHour, weeks, taken: 86, there: 31, within },
});

/** Well, but for a night without a link, a camera that was covered for an evening, and a clock that was wrong for a while. */
export function ofAWeek({ from }: UnitWeek): UnitWeek {
  const [samples, begins] = [60, Date.parse(from)];
  const known: UnitHour[] = Array.from({ length: 7 * 24 }, (_, hour) => {
    const heard = hour > 50 && hour < 57 ? 12 : samples;
    const camera = hour > 92 && hour < 96 ? 0 : heard;
    const clock = hour > 120 && hour < 123 ? Math.round(heard / 2) : heard;
    return { hour: printInstant(instant(begins + hour * hours(1))), samples, heard, camera, clock, plan: heard };
  });
  return { from, hours: known };
}
