/** The looks that a plan gives for a night: as many as agreed, each with one name, on both odd nights of the year. */
import { closesAt, onePerHome, tonight } from '@nattfrid/relay/looks/tonight';
import { Plan } from '@nattfrid/shared/domain/plan';
import { hours } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { aPlan } from '../../support/relay-samples.ts';

const time = (text: string) => instant(Date.parse(text));
const windows = (...given: readonly [id: string, from: string, to: string, looks: number][]) =>
  Plan.parse(aPlan('unit-1', { windows: given.map(([id, from, to, looks]) => ({ id, from, to, looks })) }));
const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  dateStyle: 'short',
  timeStyle: 'short',
});
const list = (plan: Plan, since: string, now: string) =>
  tonight(plan, time(since), time(now)).map(
    (look) => `${clock.format(look.dueFrom)} to ${clock.format(look.dueUntil).slice(11)}`,
  );

describe("tonight's list", () => {
  for (const [name, plan, since, now, expected] of [
    [
      'has one look for one window',
      windows(['late', '23:45', '00:15', 1]),
      '2026-11-21T18:00Z',
      '2026-11-21T18:00Z',
      ['2026-11-21 23:45 to 00:15'],
    ],
    [
      'shares a window out over its looks',
      windows(['night', '22:00', '06:00', 4]),
      '2026-11-21T18:00Z',
      '2026-11-21T18:00Z',
      [
        '2026-11-21 22:00 to 00:00',
        '2026-11-22 00:00 to 02:00',
        '2026-11-22 02:00 to 04:00',
        '2026-11-22 04:00 to 06:00',
      ],
    ],
    [
      'keeps what is open when the plan comes',
      windows(['late', '23:45', '00:15', 1]),
      '2026-11-21T23:00Z',
      '2026-11-21T23:00Z',
      ['2026-11-21 23:45 to 00:15'],
    ],
    [
      'leaves out what was over when the plan came',
      windows(['late', '23:45', '00:15', 1]),
      '2026-11-21T23:15Z',
      '2026-11-21T23:15Z',
      [],
    ],
    [
      'has what the relay slept through',
      windows(['late', '23:45', '00:15', 1]),
      '2026-11-01T12:00Z',
      '2026-11-22T03:00Z',
      ['2026-11-21 23:45 to 00:15'],
    ],
    [
      'has each look once when the hour comes twice',
      windows(['late', '23:45', '00:15', 1], ['three', '02:30', '03:30', 1]),
      '2026-10-24T18:00Z',
      '2026-10-24T18:00Z',
      ['2026-10-24 23:45 to 00:15', '2026-10-25 02:30 to 03:30'],
    ],
    [
      'has each look once when the hour is lost',
      windows(['late', '23:45', '00:15', 1], ['two', '02:15', '02:45', 1]),
      '2027-03-27T18:00Z',
      '2027-03-27T18:00Z',
      ['2027-03-27 23:45 to 00:15', '2027-03-28 03:00 to 03:30'],
    ],
    [
      'ends with the plan',
      { ...windows(['late', '23:45', '00:15', 1]), validUntil: '2026-11-21T22:00:00Z' },
      '2026-11-21T18:00Z',
      '2026-11-21T18:00Z',
      [],
    ],
    [
      'begins with the plan',
      { ...windows(['late', '23:45', '00:15', 1]), validFrom: '2026-11-22T00:00:00Z' },
      '2026-11-21T18:00Z',
      '2026-11-21T18:00Z',
      [],
    ],
  ] as const)
    it(name, () => expect(list(plan, since, now)).toEqual(expected));

  it('A1.9 gives the same names however often it is made, and each name once, over the odd night', () => {
    const plan = windows(['late', '23:45', '00:15', 2], ['three', '03:00', '03:30', 1]);
    const since = time('2026-10-20T12:00Z');
    const names = new Map<string, Instant>();
    for (let now = time('2026-10-24T12:00Z'); now < time('2026-10-26T12:00Z'); now = after(now, hours(0.5)))
      for (const look of tonight(plan, since, now)) {
        expect(names.get(look.look) ?? look.dueFrom).toBe(look.dueFrom);
        names.set(look.look, look.dueFrom);
      }
    const nights = (day: string) => [...names.values()].filter((at) => clock.format(at).startsWith(day)).length;
    // One late window begins on the day, the second of its looks after midnight, and one is at three.
    expect([nights('2026-10-24'), nights('2026-10-25'), nights('2026-10-26')]).toEqual([3, 3, 3]);
  });

  it('knows when the window that is open closes', () => {
    const plan = windows(['late', '23:45', '00:15', 1]);
    expect(closesAt(plan, 'late', time('2026-11-21T22:50Z'))).toBe(time('2026-11-21T23:15Z'));
    expect(closesAt(plan, 'late', time('2026-11-21T23:15Z'))).toBeUndefined();
    expect(closesAt(plan, 'other', time('2026-11-21T22:50Z'))).toBeUndefined();
  });
});

describe('A1.8 a home with several cameras', () => {
  const evening = '2026-11-21T18:00Z';
  const plan = (unit: string, client: string, from: string) =>
    Plan.parse(aPlan(unit, { client: client as never, windows: [{ id: 'late', from, to: '00:15', looks: 1 }] }));
  const agreed = (...plans: readonly Plan[]) => plans.flatMap((one) => tonight(one, time(evening), time(evening)));
  const led = (looks: ReturnType<typeof agreed>, known: readonly string[] = []) => {
    const leads = onePerHome(looks, new Set(known));
    return looks.filter((look) => leads.has(look.look)).map((look) => look.unit);
  };
  const bed = plan('unit-bed', 'Ek 12', '23:45');
  const hall = plan('unit-hall', 'Ek 12', '23:45');

  it('is on the list once for a time to which all of them have agreed', () =>
    expect(led(agreed(hall, bed))).toEqual(['unit-bed']));
  it('is on the list for each time to which only one has agreed', () =>
    expect(led(agreed(bed, plan('unit-hall', 'Ek 12', '22:00')))).toEqual(['unit-bed', 'unit-hall']));
  it('does not take the place of the home beside it', () =>
    expect(led(agreed(bed, plan('unit-hall', 'Ek 14', '23:45')))).toEqual(['unit-bed', 'unit-hall']));
  it('keeps the look that is on the list already when a camera is added', () => {
    const looks = agreed(bed, hall);
    expect(led(looks, [looks[1]!.look])).toEqual(['unit-hall']);
  });
});
