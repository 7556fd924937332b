/** Agreed times of day, through both odd nights of the year. */
import type { WallTime } from '@nattfrid/shared/domain/plan';
import { dayOf, timeOfDay, windowAt, windowsBetween } from '@nattfrid/shared/domain/window';
import { hours } from '@nattfrid/shared/time/duration';
import { type Instant, instant, after as later, printInstant } from '@nattfrid/shared/time/instant';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const at = (text: string) => instant(Date.parse(text));
const times = (text: string) => {
  const [from, to] = text.split('-') as [WallTime, WallTime];
  return { from, to };
};
const utc = (moment: Instant) => printInstant(moment).slice(5, 16).replace('T', ' ');

describe('when a window opens and closes', () => {
  for (const [name, window, night, expected] of [
    ['an evening in summer', '21:00-21:30', '2026-07-01', '07-01 19:00 to 07-01 19:30'],
    ['across midnight', '23:45-00:15', '2026-07-01', '07-01 21:45 to 07-01 22:15'],
    ['all day round', '06:00-06:00', '2026-07-01', '07-01 04:00 to 07-02 04:00'],
    ['before the hour that comes twice', '01:00-01:30', '2026-10-25', '10-24 23:00 to 10-24 23:30'],
    ['in the hour that comes twice, the first time', '02:15-02:45', '2026-10-25', '10-25 00:15 to 10-25 00:45'],
    ['out of the hour that comes twice', '02:30-03:30', '2026-10-25', '10-25 00:30 to 10-25 02:30'],
    ['across the whole odd night, an hour longer', '23:45-06:00', '2026-10-24', '10-24 21:45 to 10-25 05:00'],
    ['in the lost hour: from the first moment that exists', '02:15-02:45', '2027-03-28', '03-28 01:00 to 03-28 01:30'],
    ['into the lost hour', '01:30-02:30', '2027-03-28', '03-28 00:30 to 03-28 01:00'],
    ['out of the lost hour', '02:30-03:30', '2027-03-28', '03-28 01:00 to 03-28 01:30'],
    ['the whole of the lost hour', '02:00-03:00', '2027-03-28', '03-28 01:00 to 03-28 02:00'],
    ['across the whole odd night, an hour shorter', '23:45-06:00', '2027-03-27', '03-27 22:45 to 03-28 04:00'],
  ] as const)
    it(`${name}: ${window} on ${night}`, () => {
      const noon = at(`${night}T00:00:00+02:00`);
      const [one] = windowsBetween(times(window), later(noon, hours(-2)), later(noon, hours(26))).filter(
        (o) => o.day === night,
      );
      expect(one && `${utc(one.opens)} to ${utc(one.closes)}`).toBe(expected);
    });
});

describe('how many windows there are', () => {
  const plan = [
    '21:00-21:30',
    '23:45-00:15',
    '01:30-02:30',
    '02:00-03:00',
    '02:15-02:45',
    '02:30-03:30',
    '03:00-03:20',
    '05:59-06:01',
  ];
  for (const night of ['2026-10-24', '2026-10-25', '2027-03-27', '2027-03-28', '2026-06-10'])
    it(`each exactly once in the day from noon of ${night}`, () => {
      const noon = at(`${night}T12:00:00Z`);
      const next = at(
        printInstant(later(noon, hours(30)))
          .slice(0, 10)
          .concat('T12:00:00Z'),
      );
      for (const window of plan) expect(windowsBetween(times(window), noon, next), window).toHaveLength(1);
    });

  it('is one a day for a whole year, whatever the window', () => {
    const wall = fc.integer({ min: 0, max: 1439 }).map((minute) => {
      const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
      return `${pad(minute / 60)}:${pad(minute % 60)}` as WallTime;
    });
    fc.assert(
      fc.property(wall, wall, (from, to) => {
        const all = windowsBetween({ from, to }, at('2026-06-30T22:00:00Z'), at('2027-06-30T22:00:00Z'));
        expect(all).toHaveLength(365);
        expect(new Set(all.map(({ day }) => day)).size).toBe(365);
        for (const { opens, closes } of all) expect(closes).toBeGreaterThan(opens);
      }),
      { numRuns: 8 },
    );
  });

  it('has none twice and leaves none out where two lists meet', () => {
    const [start, end] = [at('2026-10-24T00:00:00Z'), at('2026-10-27T00:00:00Z')];
    const window = times('02:15-02:45');
    const whole = windowsBetween(window, start, end);
    fc.assert(
      fc.property(fc.integer({ min: start, max: end }), (cut) => {
        const parts = [...windowsBetween(window, start, instant(cut)), ...windowsBetween(window, instant(cut), end)];
        expect(parts).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });
});

describe('which window is open', () => {
  for (const [name, moment, expected] of [
    ['one second before', '2026-07-01T23:44:59+02:00', undefined],
    ['at the first moment', '2026-07-01T23:45:00+02:00', '2026-07-01'],
    ['after midnight', '2026-07-02T00:14:59+02:00', '2026-07-01'],
    ['no longer at the last moment', '2026-07-02T00:15:00+02:00', undefined],
    ['at noon', '2026-07-02T12:00:00+02:00', undefined],
  ] as const)
    it(`${name}: ${expected ?? 'none'}`, () => expect(windowAt(times('23:45-00:15'), at(moment))?.day).toBe(expected));

  it('is not open again when its hour comes a second time', () => {
    expect(windowAt(times('02:15-02:45'), at('2026-10-25T02:20:00+02:00'))?.day).toBe('2026-10-25');
    expect(windowAt(times('02:15-02:45'), at('2026-10-25T02:20:00+01:00'))).toBeUndefined();
  });
});

it('tells the time and the day as the wall shows them', () => {
  expect(timeOfDay(at('2026-07-01T21:05:09.9Z'))).toBe('23:05');
  expect(timeOfDay(at('2026-12-01T21:05:09.9Z'), 'second')).toBe('22:05:09');
  expect(dayOf(at('2026-07-01T22:30:00Z'))).toBe('2026-07-02');
});
