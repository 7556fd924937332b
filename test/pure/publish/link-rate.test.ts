/** How much of a link is used: down at once, up slowly, and neither for a lost packet nor for a link that was gone. */
import { milliseconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { type LinkEvent, linkRate } from '../../../agent/src/publish/link-rate.ts';

const kbits = [250, 160, 100, 60, 40, 24];
const second = 1000;

/** Acknowledged ten times a second from a moment on, each of so many bytes after so long. */
const arriving = (from: number, seconds: number, roundTrip: number, bytes = 750): LinkEvent[] =>
  Array.from({ length: seconds * 10 }, (_, index) => ({
    type: 'acknowledged',
    at: instant(from * second + index * 100),
    roundTrip: milliseconds(roundTrip),
    bytes,
  }));
/** Every second picture is left out, and those that go are late: a link that is full. */
const full = (from: number, seconds: number, roundTrip: number, bytes = 750): LinkEvent[] =>
  arriving(from, seconds, roundTrip, bytes).map((one, index) =>
    index % 2 === 0 ? { type: 'left-out', at: one.at } : one,
  );
/** As on a poor mobile link: one packet is lost, and what comes behind it waits for it. */
const oneLost = (from: number): LinkEvent[] => [
  ...[0, 100].map((ms): LinkEvent => ({ type: 'left-out', at: instant(from * second + ms) })),
  ...[480, 380, 280].map(
    (roundTrip): LinkEvent => ({
      type: 'acknowledged',
      at: instant(from * second + 150),
      roundTrip: milliseconds(roundTrip),
      bytes: 750,
    }),
  ),
];

/** «step@second» for each step that was taken. */
function steps(events: readonly LinkEvent[], first = 0): string[] {
  const machine = linkRate(kbits, first);
  let state = machine.initial;
  return events.flatMap((event) => {
    const [next, effects] = machine.step(state, event);
    state = next;
    return effects.map(({ step }) => `${step}@${(event.at / second).toFixed(1)}`);
  });
}

describe('the rate of a look', () => {
  for (const [name, events, first, expected] of [
    ['stays at the most while all is well', arriving(0, 60, 80), 0, []],
    [
      'goes down within half a second when the link is full, to what it was seen to take',
      [...arriving(0, 2, 60, 3000), ...full(2, 1, 450, 3000)],
      0,
      ['2@2.5'],
    ],
    [
      'goes down only step by step where it was not seen what the link takes',
      [...arriving(0, 2, 60, 3000), ...full(2, 1.2, 450, 8000)],
      0,
      ['1@2.5'],
    ],
    [
      'goes no further down before the first step could show',
      [...arriving(0, 2, 60, 3000), ...full(2, 2.8, 450, 2800)],
      0,
      ['2@2.5', '3@3.5', '4@4.5'],
    ],
    ['has nothing below the least', [...arriving(0, 2, 60), ...full(2, 9, 900, 100)], 5, []],
    ['goes up after five good seconds, and again', arriving(0, 13, 80), 2, ['1@5.0', '0@10.0']],
    [
      'does not go down for a lost packet now and then, nor stays down for it',
      [0, 5, 10, 15].flatMap((from) => [...oneLost(from), ...arriving(from + 0.3, 4.6, 130)]),
      1,
      ['0@6.0'],
    ],
    [
      'waits twice as long where going up was a mistake',
      [
        ...arriving(0, 5.1, 80, 1250),
        ...full(5.1, 1.5, 500, 2000),
        ...arriving(6.6, 10.6, 80, 1250),
        ...full(17.2, 1.5, 500, 2000),
      ].toSorted((a, b) => a.at - b.at),
      2,
      ['1@5.0', '3@6.0', '2@16.5', '3@17.7'],
    ],
    [
      'takes no step for a link that was gone and came back on another connection',
      [
        ...arriving(0, 5, 80),
        ...Array.from({ length: 30 }, (_, index): LinkEvent => ({ type: 'left-out', at: instant(5000 + index * 100) })),
        { type: 'anew', at: instant(8000) },
        ...arriving(8.1, 4, 90),
      ],
      0,
      [],
    ],
    [
      'takes no step for a link that stood still and went on: what waited came all at once',
      [
        ...arriving(0, 5, 80),
        ...Array.from({ length: 10 }, (_, index): LinkEvent => ({ type: 'left-out', at: instant(5000 + index * 100) })),
        ...[1100, 1000, 900].map(
          (roundTrip): LinkEvent => ({
            type: 'acknowledged',
            at: instant(6100),
            roundTrip: milliseconds(roundTrip),
            bytes: 750,
          }),
        ),
        ...arriving(6.2, 4, 90),
      ],
      0,
      [],
    ],
    [
      'goes down for a link that stood still and then brought one after the other slowly',
      [
        ...arriving(0, 5, 80, 3000),
        ...Array.from({ length: 8 }, (_, index): LinkEvent => ({ type: 'left-out', at: instant(5000 + index * 100) })),
        ...arriving(5.8, 1, 800, 1200),
      ],
      0,
      ['3@5.9'],
    ],
  ] as readonly (readonly [string, readonly LinkEvent[], number, readonly string[]])[])
    it(name, () => expect(steps(events, first)).toEqual(expected));
});
