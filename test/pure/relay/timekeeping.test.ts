/** A clock that was set, and a relay that stood still, are noticed once; a busy second and a time server's small steps are not. */
import { timekeeping } from '@nattfrid/relay/timekeeping/timekeeping';
import { run } from '@nattfrid/shared/machine/machine';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';

/** [wall, steady] in seconds. */
const told = (pulses: readonly (readonly [number, number])[]) =>
  run(
    timekeeping,
    pulses.map(([wall, steady]) => ({
      type: 'pulse' as const,
      wall: instant(wall * 1000),
      steady: milliseconds(steady * 1000),
    })),
  ).effects.map((what) => (what.type === 'stepped' ? `stepped ${what.by / 1000}` : `stood still ${what.for / 1000}`));

describe('timekeeping', () => {
  for (const [story, pulses, words] of [
    [
      'says nothing while both clocks run',
      [
        [100, 0],
        [101, 1],
        [102, 2],
      ],
      [],
    ],
    [
      'says once that the clock was set back',
      [
        [10_900, 0],
        [101, 1],
        [102, 2],
      ],
      ['stepped -10800'],
    ],
    [
      'says once that it was set forward',
      [
        [100, 0],
        [10_901, 1],
        [10_902, 2],
      ],
      ['stepped 10800'],
    ],
    [
      'does not mind a time server that corrects a second',
      [
        [100, 0],
        [102, 1],
        [103, 2],
      ],
      [],
    ],
    [
      'does not mind a busy second',
      [
        [100, 0],
        [107, 7],
        [108, 8],
      ],
      [],
    ],
    [
      'says once that the process was stopped',
      [
        [100, 0],
        [280, 180],
        [281, 181],
      ],
      ['stood still 180'],
    ],
    [
      'says once that a machine was paused whose steady clock stood still too',
      [
        [100, 0],
        [10_901, 1],
        [10_902, 2],
      ],
      ['stepped 10800'],
    ],
    [
      'tells both where a machine was paused and set',
      [
        [100, 0],
        [7400, 200],
        [7401, 201],
      ],
      ['stood still 200', 'stepped 7100'],
    ],
  ] as const)
    it(story, () => expect(told(pulses)).toEqual(words));
});
