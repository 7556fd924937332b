/** How many pictures may be on their way at once. */
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { pictureWindow } from '../../../agent/src/publish/picture-window.ts';

type Step = ['sent', counter: number, bytes: number, at: number] | ['ack', counter: number] | ['clear'];

describe('may another picture be encoded', () => {
  for (const [name, steps, at, expected] of [
    ['when nothing is under way', [], 0, true],
    ['while the last one is young', [['sent', 0, 3000, 0]], 400, true],
    ['not when the oldest waits too long', [['sent', 0, 3000, 0]], 401, false],
    [
      'not when too much is under way',
      [
        ['sent', 0, 15_000, 0],
        ['sent', 1, 6000, 10],
      ],
      20,
      false,
    ],
    [
      'again when it has arrived',
      [
        ['sent', 0, 15_000, 0],
        ['sent', 1, 6000, 10],
        ['ack', 0],
      ],
      20,
      true,
    ],
    [
      'when a later one has arrived: the earlier never will',
      [
        ['sent', 0, 3000, 0],
        ['sent', 1, 3000, 100],
        ['ack', 1],
      ],
      2000,
      true,
    ],
    [
      'not for an acknowledgement of something older',
      [
        ['sent', 4, 3000, 0],
        ['ack', 2],
      ],
      500,
      false,
    ],
    ['when the viewer begins anew', [['sent', 0, 30_000, 0], ['clear']], 10, true],
    ['to try whether anybody is there, after a while', [['sent', 0, 30_000, 0]], 2001, true],
  ] as readonly (readonly [string, readonly Step[], number, boolean])[])
    it(`${name}: ${expected}`, () => {
      const window = pictureWindow();
      for (const step of steps) {
        if (step[0] === 'sent') window.sent(step[1], step[2], instant(step[3]));
        else if (step[0] === 'ack') window.acknowledged(step[1], instant(at));
        else window.clear();
      }
      expect(window.mayEncode(instant(at))).toBe(expected);
      expect(window.leftOut).toBe(expected ? 0 : 1);
    });
});

it('tells how long an acknowledged picture took, and how much arrived with it', () => {
  const window = pictureWindow();
  window.sent(0, 3000, instant(0));
  window.sent(1, 500, instant(100));
  window.sent(2, 400, instant(200));
  expect(window.acknowledged(1, instant(350))).toEqual({ bytes: 3500, roundTrip: 250 });
  expect(window.acknowledged(1, instant(360))).toBeUndefined();
});
