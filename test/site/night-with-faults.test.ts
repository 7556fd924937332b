/** An hour of a staffed night with faults strewn in, on a moved clock: a slice of `npm run night`, which plays whole ones. */
import { staffedNight } from '@nattfrid/bench/staffed-night/staffed-night';
import { expect, it } from 'vitest';

it('A2.6 A6.1 an hour around midnight with eleven homes, two operators and a car: every look and alarm ends in a verdict or a visit, nothing twice', async () => {
  const night = await staffedNight({
    ...{ date: '2026-11-21', homes: 11, operators: 2, cars: 1, seed: 4, withFaults: true },
    // From 23:30 to 00:30 by the clock on the wall.
    ...{ begins: 10.5, lasts: 1 },
  });
  expect(night.broken).toEqual([]);
  expect([night.looks, night.agreed]).toEqual([8, 8]);
  expect(night.alarms).toBeGreaterThan(3);
  expect(night.visits).toBeGreaterThan(0);
  // Some ten thousand seconds of a real relay, worked through one by one.
}, 240_000);
