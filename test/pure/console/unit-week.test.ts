/** The week of a unit as it is drawn: where nothing is known nothing is drawn, and of a silent unit its camera is not said to be bad. */
import type { UnitHour } from '@nattfrid/shared/desk/unit-week';
import { dayOf } from '@nattfrid/shared/domain/window';
import { instant } from '@nattfrid/shared/time/instant';
import { expect, it } from 'vitest';
import { badHours, dayStarts, sharesOf, weekHours, wholeOf } from '../../../relay/console/src/plot/week-figures.ts';

const from = '2026-11-23T02:00:00.000Z';
const hour = (at: string, more: Partial<UnitHour> = {}): UnitHour => ({
  ...{ hour: `2026-11-${at}:00:00.000Z`, samples: 12, heard: 12, camera: 12, clock: 12, plan: 12 },
  ...more,
});
const week = {
  from,
  hours: [
    hour('23T02'),
    hour('23T03', { heard: 6, camera: 3, clock: 6, plan: 6 }),
    hour('30T01', { heard: 0, camera: 0, clock: 0, plan: 0 }),
  ],
};

it.for([
  ['heard', [1, 0.5, undefined], 0],
  ['camera', [1, 0.5, undefined], undefined],
  ['plan', [1, 1, undefined], undefined],
] as const)('%s: the first hours, and the last', ([row, first, last]) => {
  const shares = sharesOf(row, week);
  expect([shares.length, shares.slice(0, 3), shares[weekHours - 1]]).toEqual([weekHours, first, last]);
});

it('all of it in one figure, of what is known', () =>
  expect([wholeOf('heard', week), wholeOf('camera', week), wholeOf('plan', { from, hours: [] })]).toEqual([
    0.5,
    15 / 18,
    undefined,
  ]));

it('names the hours that were not as they should be, the newest first', () =>
  expect(badHours(week).map((one) => one.hour.slice(8, 13))).toEqual(['30T01', '23T03']));

it('a day begins at midnight by the clock on the wall', () =>
  expect(dayStarts(instant(Date.parse(from)), dayOf).slice(0, 2)).toEqual([21, 45]));
