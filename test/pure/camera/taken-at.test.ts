/** When live pictures were taken: as they were, though they arrive unevenly, and though the camera counts otherwise than it sends. */

import { milliseconds } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { takenAt } from '../../../agent/src/camera/rtp/taken-at.ts';
import { dice, type Phase, reordered, type Sent, sentIn, stalls, type Way } from '../../support/arrivals.ts';

/** Of the wall clock, at the beginning. */
const midnight = 1_800_000_000_000;

interface Found {
  readonly at: Instant;
  readonly sent: Sent;
  readonly counts: boolean;
  readonly heldBack: number;
}

function dated(pictures: readonly Sent[], clockRate?: number): readonly Found[] {
  const machine = takenAt(clockRate);
  let state = machine.initial;
  return pictures.map((sent) => {
    const arrived = instant(midnight + Math.ceil(sent.arrived));
    const [next, [at]] = machine.step(state, {
      timestamp: sent.timestamp,
      arrived,
      steady: milliseconds(Math.ceil(sent.arrived)),
    });
    state = next;
    return { at: at as Instant, sent, counts: next.time.counts, heldBack: next.heldBack };
  });
}

/** Milliseconds by which a picture is dated later than it was taken (below 0: earlier). */
const lag = ({ at, sent }: Found): number => at - midnight - sent.taken;
const latest = (found: readonly Found[]) => Math.max(...found.map(lag));
const earliest = (found: readonly Found[]) => Math.min(...found.map(lag));

function expectInOrder(found: readonly Found[]): void {
  const shown = [...found].sort((a, b) => a.sent.taken - b.sent.taken);
  for (const [index, { at, sent }] of shown.entries()) {
    expect(at).toBeLessThanOrEqual(midnight + Math.ceil(sent.arrived));
    if (index > 0) expect(at).toBeGreaterThan(shown[index - 1]!.at);
  }
}

const day: Phase = { seconds: 60, sent: 20 };
const random = dice(7);
const jitter = (most: number) => () => 10 + random() * most;
/** Over weak Wi-Fi: short stalls at any time, mostly none. */
const bursts = () => (random() < 0.02 ? 100 + random() * 900 : 10 + random() * 30);

const well: readonly (readonly [string, readonly Phase[], Way?, number?])[] = [
  ['evenly', [day]],
  ['with a jitter of 60 ms', [day], { delay: jitter(60) }],
  ['in bursts, over weak Wi-Fi', [{ seconds: 600, sent: 15 }], { delay: bursts }],
  ['after stalls of 6 s, all at once', [day], { delay: stalls(20_000, 6000) }],
  ['in lumps of 1 s', [day], { delay: stalls(1000, 1000) }],
  ['from a crystal that is slow by 200 ppm', [{ seconds: 3600, sent: 15, rate: 90_000 * 0.9998 }]],
  ['from a crystal that is quick by 200 ppm', [{ seconds: 3600, sent: 15, rate: 90_000 * 1.0002 }]],
  ['fewer in the dark, and counted so', [day, { seconds: 60, sent: 5 }, day]],
  ['once a second', [{ seconds: 60, sent: 1 }]],
];

const odd: readonly (readonly [string, readonly Phase[], Way?, number?])[] = [
  ['20 counted and 10 sent in the dark', [day, { seconds: 60, sent: 10, counted: 20 }, day]],
  [
    '15 counted and 5 sent',
    [
      { ...day, sent: 15 },
      { seconds: 60, sent: 5, counted: 15 },
      { ...day, sent: 15 },
    ],
  ],
  [
    '15 counted and 10 sent',
    [
      { ...day, sent: 15 },
      { seconds: 60, sent: 10, counted: 15 },
    ],
  ],
  ['15 counted and 10 sent from the beginning', [{ seconds: 120, sent: 10, counted: 15 }]],
  ['15 counted and 20 sent', [day, { seconds: 60, sent: 20, counted: 15 }]],
  ['25 counted and 24 sent', [{ seconds: 120, sent: 24, counted: 25 }]],
  ['a count that stands still', [day, { seconds: 60, sent: 10, rate: 0 }]],
  ['a count that stands still from the beginning', [{ seconds: 60, sent: 10, rate: 0 }]],
  ['a count in milliseconds', [{ seconds: 60, sent: 15, rate: 1000 }]],
  ['the same with a jitter of 60 ms', [{ seconds: 60, sent: 15, rate: 1000 }], { delay: jitter(60) }],
  ['20 counted, 10 sent, with a jitter of 60 ms', [day, { seconds: 60, sent: 10, counted: 20 }], { delay: jitter(60) }],
];

describe('a picture is dated within 0.3 s of when it was taken where they come', () => {
  for (const [name, phases, way, rate] of well)
    it(name, () => {
      const found = dated(sentIn(phases, way), rate);
      // What comes first in a lump is older than can be known.
      const known = found.filter(({ sent }) => sent.taken > 1500);
      expect(latest(known)).toBeLessThan(300);
      expect(earliest(known)).toBeGreaterThan(-300);
      expectInOrder(found);
      expect(found.at(-1)?.counts).toBe(true);
    });
  for (const [name, phases, way, rate] of odd)
    it(`with ${name}; it is found out`, () => {
      const found = dated(sentIn(phases, way), rate);
      expect(latest(found)).toBeLessThan(300);
      expect(earliest(found)).toBeGreaterThan(-300);
      expectInOrder(found);
      expect(found.some(({ counts }) => !counts)).toBe(true);
    });
  for (const by of [-3_600_000, -8000, -700, -200, 200, 700, 8000, 3_600_000])
    it(`with a clock of the camera that is set by ${by} ms`, () => {
      const found = dated(sentIn([day, day], { clockSet: (taken) => (taken > 60_000 ? by : 0) }));
      expect(latest(found)).toBeLessThan(300);
      expect(earliest(found)).toBeGreaterThan(-300);
      if (by < -surelyB || by > 0) expectInOrder(found);
      expect(found.every(({ counts }) => counts)).toBe(true);
    });
  it('with a count of 1000 a second that the camera says itself', () => {
    const found = dated(sentIn([{ seconds: 60, sent: 15, rate: 1000 }], { delay: stalls(20_000, 6000) }), 1000);
    expect(Math.max(...found.map((one) => Math.abs(lag(one))))).toBeLessThan(300);
    expect(found.at(-1)?.counts).toBe(true);
  });
});
/** A clock set back by less passes for a B picture. */
const surelyB = 300;

describe('after a change that nobody can know of at once, it is dated well again within seconds', () => {
  for (const [name, phases] of [
    [
      '15 counted, 1 sent',
      [
        { ...day, sent: 15 },
        { seconds: 60, sent: 1, counted: 15 },
      ],
    ],
    [
      '25 counted, 2 sent',
      [
        { ...day, sent: 25 },
        { seconds: 60, sent: 2, counted: 25 },
      ],
    ],
  ] as const)
    it(name, () => {
      const found = dated(sentIn(phases));
      const later = found.filter(({ sent }) => sent.taken < 60_000 || sent.taken > 66_000);
      expect(Math.max(...later.map((one) => Math.abs(lag(one))))).toBeLessThan(300);
      // Never younger than it is, and never so old that nobody would be shown it.
      expect(latest(found)).toBeLessThan(300);
      expect(earliest(found)).toBeGreaterThan(-2000);
    });
});

describe('B pictures', () => {
  for (const [name, perSecond, many, pyramid] of [
    ['one at a time', 15, 1, false],
    ['two at a time', 20, 2, false],
    ['three, in a pyramid', 20, 3, true],
    ['two at 5 a second', 5, 2, false],
    ['two at 2 a second', 2, 2, false],
  ] as const)
    it(`${name}: dated when they were taken, and never the measure of those to come`, () => {
      const found = dated(reordered(sentIn([{ seconds: 120, sent: perSecond }]), many, pyramid));
      expect(latest(found)).toBeLessThan(300);
      expect(earliest(found)).toBeGreaterThan(-300);
      expectInOrder(found);
      expect(found.at(-1)?.heldBack).toBeCloseTo((1000 / perSecond) * many, 0);
      expect(found.at(-1)?.counts).toBe(true);
    });
});

describe('a camera that sends each picture as it is coded, ten a second', () => {
  /** Dates of pictures that come 100 ms apart, by their place on the camera's count. */
  const datesOf = (counted: readonly number[], isKey: (index: number) => boolean) => {
    const machine = takenAt();
    let state = machine.initial;
    return counted.map((place, index) => {
      const arrived = instant(midnight + index * 100);
      const timestamp = (4_294_000_000 + place * 9000) % 2 ** 32;
      const [next, [at]] = machine.step(state, {
        ...{ timestamp, arrived, key: isKey(index) },
        steady: milliseconds(index * 100),
      });
      state = next;
      return { place, at: (at as number) - midnight, arrived: index * 100 };
    });
  };

  it('with B pictures in closed groups of ten: the key picture behind them is as far from the next as they were taken', () => {
    const group = [0, 3, 2, 1, 6, 5, 4, 9, 8, 7];
    const counted = Array.from({ length: 200 }, (_, index) => Math.floor(index / 10) * 10 + group[index % 10]!);
    const found = datesOf(counted, (index) => index % 10 === 0);
    const shown = found.filter(({ place }) => place >= 60).sort((one, other) => one.place - other.place);
    const apart = shown.slice(1).map(({ at }, index) => at - shown[index]!.at);
    expect(Math.min(...apart)).toBeGreaterThan(50);
    expect(Math.max(...apart)).toBeLessThan(150);
  });

  for (const [name, steps, isKey] of [
    ['by 2 s at any picture', 20, () => false],
    ['by 0.8 s at a key picture', 8, (index: number) => index % 10 === 0],
  ] as const)
    it(`whose count is set back ${name} has no B pictures, and goes on being dated as it arrives`, () => {
      const counted = Array.from({ length: 100 }, (_, index) => index - (index >= 40 ? steps : 0));
      const found = datesOf(counted, isKey);
      expect(Math.max(...found.map(({ at, arrived }) => arrived - at))).toBeLessThan(300);
    });
});

describe('the unit that dates them', () => {
  it('has its own clock set: dates follow it, and a stall goes on being one', () => {
    const machine = takenAt();
    let state = machine.initial;
    const ages: number[] = [];
    for (let number = 0; number < 200; number++) {
      const steady = number * 100;
      const arrived = instant(midnight + steady + (number >= 100 ? 3_600_000 : 0) - (number >= 150 ? 7_200_000 : 0));
      const [next, [at]] = machine.step(state, { timestamp: number * 9000, arrived, steady: milliseconds(steady) });
      state = next;
      ages.push(arrived - (at as number));
    }
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...ages)).toBeLessThanOrEqual(100);
  });
});
