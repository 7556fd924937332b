/** Pure. The positions of looks and alarms on the line of the night, as shares of its width. */
import { hours } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import type { Known } from '../state/desk.ts';

export interface Mark {
  readonly id: string;
  /** 0 to 1 of the line. */
  readonly from: number;
  readonly width: number;
  readonly done: boolean;
}
interface NightMarks {
  readonly begins: Instant;
  readonly ends: Instant;
  readonly now: number;
  readonly hours: readonly { readonly at: Instant; readonly from: number }[];
  readonly looks: readonly Mark[];
  readonly alarms: readonly Mark[];
}

const behind = hours(3);
const span = hours(12);
const hour = hours(1);

/** Twelve hours, from the full hour three hours ago. */
export function nightMarks(desk: Known, now: Instant): NightMarks {
  const begins = instant(Math.floor((now - behind) / hour) * hour);
  const ends = instant(begins + span);
  const share = (at: number) => (at - begins) / span;
  const within = (mark: Mark) => mark.from + mark.width > 0 && mark.from < 1;
  const leading = [...desk.looks.values()].filter((look) => look.beside === undefined);
  const looks = leading.map((look): Mark => {
    const from = share(Date.parse(look.dueFrom));
    return { id: look.look, from, width: share(Date.parse(look.dueUntil)) - from, done: look.state === 'done' };
  });
  const alarms = [...desk.alarms.values()].map(
    (alarm): Mark => ({ id: alarm.alarm, from: share(Date.parse(alarm.at)), width: 0, done: alarm.state === 'closed' }),
  );
  return {
    begins,
    ends,
    now: share(now),
    hours: Array.from({ length: 12 }, (_, index) => ({ at: instant(begins + index * hour), from: index / 12 })),
    looks: together(looks.filter(within)),
    alarms: alarms.filter((mark) => mark.from >= 0 && mark.from < 1),
  };
}

/** Many homes have one window: one mark, done when all of them are. */
function together(marks: readonly Mark[]): readonly Mark[] {
  const byPlace = Map.groupBy(marks, ({ from, width }) => `${from} ${width}`);
  return [...byPlace.values()].map((same) => ({ ...same[0]!, done: same.every(({ done }) => done) }));
}
