/** By which time something may be erased, whatever the wall clock shows. */
import { days, hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';
import { sureTime } from '@nattfrid/shared/time/sure-time';
import { describe, expect, it } from 'vitest';

const before = instant(Date.parse('2026-11-21T21:00:00Z'));
const later = (length: number) => after(before, milliseconds(length));

describe('the time by which something may be erased', () => {
  it.for([
    ['the first time, as there is nothing yet', undefined, days(9999), undefined, false, days(9999)],
    ['a day later', before, days(1), days(1), false, days(1)],
    ['after two weeks without power', before, days(14), undefined, false, days(14)],
    ['set forward by an hour', before, hours(25), hours(24), false, hours(25)],
    ['set back', before, -days(30), days(1), false, -days(30)],
    ['years ahead, where a person or another clock agrees', before, days(1000), days(1), true, days(1000)],
  ] as const)('is that of the wall clock: %s', ([, from, wall, passed, agreed, at]) => {
    expect(sureTime(from, { wall: later(wall), passed, agreed })).toEqual({ at: later(at) });
  });

  it.for([
    ['years ahead at a start', days(1000), undefined, 0],
    ['three weeks ahead at a start: nobody has counted', days(21), undefined, 0],
    ['years ahead while it runs', days(1000), days(1), days(1)],
    ['a week ahead while it runs: that was counted', days(8), days(1), days(1)],
  ] as const)('goes on by what has gone by: %s', ([, wall, passed, at]) => {
    const ahead = wall - at;
    expect(sureTime(before, { wall: later(wall), passed, agreed: false })).toEqual({ at: later(at), ahead });
  });
});
