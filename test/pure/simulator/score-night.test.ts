/** Scoring a night against its script: no event is lost or counted twice, and an unknown bed state counts as unknown. */

import { expect, test } from 'vitest';
import { frameSchedule } from '../../simulator/nights/frame-schedule.ts';
import { namedNights } from '../../simulator/nights/named-nights.ts';
import { passesGate } from '../../simulator/nights/night-sums.ts';
import { briefNight, randomNight } from '../../simulator/nights/random-night.ts';
import { rateInterval } from '../../simulator/nights/rate-interval.ts';
import { scoreBed, scoreNight, type ToldAlarm } from '../../simulator/nights/score-night.ts';
import { stageNight } from '../../simulator/nights/stage-night.ts';
import { staged } from '../../simulator/nights/staged-night.ts';

const fall = { event: 'falls', kind: 'fall', from: 100, by: 135, to: 240 } as const;
const told = (at: number, kind = 'fall', phase = 'began'): ToldAlarm => ({ kind, phase, code: 'x', at });

test.each([
  ['in time', [told(120)], { how: 'in-time', wrong: 0, again: 0 }],
  ['late', [told(200)], { how: 'late', wrong: 0, again: 0 }],
  ['never told', [], { how: 'missed', wrong: 0, again: 0 }],
  ['told before it happened', [told(90)], { how: 'missed', wrong: 1, again: 0 }],
  ['another alarm instead', [told(120, 'left-room')], { how: 'missed', wrong: 1, again: 0 }],
  ['told twice', [told(120), told(180)], { how: 'in-time', wrong: 0, again: 1 }],
  ['its end is no alarm', [told(120), told(300, 'fall', 'ended')], { how: 'in-time', wrong: 0, again: 0 }],
])('a fall: %s', (_, alarms, { how, wrong, again }) => {
  const score = scoreNight([fall], alarms);
  expect(score.outcomes[0]!.how).toBe(how);
  expect(score.falseAlarms).toHaveLength(wrong);
  expect(score.again).toHaveLength(again);
});

test('one alarm answers for one event only', () => {
  const score = scoreNight([fall, { ...fall, from: 110 }], [told(120)]);
  expect(score.outcomes.map(({ how }) => how)).toEqual(['in-time', 'missed']);
});

test('a bed of which nothing is said counts as unknown, never as right', () => {
  const said = Array.from({ length: 100 }, (_, i) => ({ at: i + 1, is: i < 60 ? ('in-bed' as const) : undefined }));
  const bed = scoreBed([{ from: 0, is: 'in-bed' }], said);
  expect(bed.right).toBeCloseTo(1);
  expect(bed.unknown).toBeCloseTo(40 / 60);
  expect(bed.wrong).toBe(0);
});

test('without any false alarm in seven nights the rate may still be half a one a night', () => {
  const { low, high } = rateInterval(0, 7);
  expect(low).toBe(0);
  expect(high).toBeCloseTo(3.689 / 7, 2);
  expect(rateInterval(3, 1).low).toBeCloseTo(0.619, 2);
});

test('the gate lets one false alarm in all pass, no event be missed, and the bed be wrong or unknown for little', () => {
  const sums = { nights: 7, falseAlarms: 1, found: 3, late: 0, wanted: 3, bed: { right: 1, wrong: 0, unknown: 0 } };
  expect(passesGate(sums)).toBe(true);
  expect(passesGate({ ...sums, falseAlarms: 2 })).toBe(false);
  expect(passesGate({ ...sums, found: 2 })).toBe(false);
  expect(passesGate({ ...sums, bed: { right: 97, wrong: 3, unknown: 0 } })).toBe(true);
  expect(passesGate({ ...sums, bed: { right: 96, wrong: 4, unknown: 0 } })).toBe(false);
  expect(passesGate({ ...sums, bed: { right: 90, wrong: 0, unknown: 10 } })).toBe(true);
  expect(passesGate({ ...sums, bed: { right: 89, wrong: 0, unknown: 11 } })).toBe(false);
});

const lengths = () => 20;
const household = { visitors: 2, hasWalker: false, blanketStaysRumpled: false };
const inKnown = (night: (typeof namedNights)[number]) => stageNight(night, lengths, household);

test('a visit to the bathroom wants no alarm, staying away longer than agreed does', () => {
  const short = namedNights.find(({ name }) => name === 'short')!;
  expect(inKnown(short).wanted.map(({ event }) => event)).toEqual(['gone-out', 'falls']);
});

test('a night of a seed is always the same, and seeds differ', () => {
  expect(randomNight(3)).toEqual(randomNight(3));
  expect(randomNight(3)).not.toEqual(randomNight(4));
});

test('no two seconds pass without a picture, and busy stretches have five a second', () => {
  const night = randomNight(2, 1);
  const times = [...frameSchedule(inKnown(night), 3600, lengths)].map(({ at }) => at);
  const steps = times.slice(1).map((at, i) => at - times[i]!);
  expect(Math.max(...steps)).toBeLessThanOrEqual(1.001);
  expect(Math.min(...steps)).toBeCloseTo(0.2);
});

const eachSeed = Array.from({ length: 30 }, (_, seed) => [[randomNight(seed)], [briefNight(seed)]] as const).flat();
test.each(eachSeed)('$name: events do not run into each other', (night) => {
  const { cues } = staged(night).timeline;
  const client = cues.filter(({ layer }) => layer === 'client');
  for (const [i, cue] of client.entries()) {
    // Who gets up, sits up or turns must be lying as the script before has left them.
    if (!/sits-up|stirs|turns$/.test(cue.animation ?? '') || i === 0) continue;
    expect(client[i - 1]!.animation).toMatch(/lies-on-back/);
  }
});
