/** How far a unit's clock is off: believed at once where it is ahead, of two letters where it is behind, and not told on and off. */
import { type ClockOff, clockOff } from '@nattfrid/relay/units/clock-off';
import { seconds } from '@nattfrid/shared/time/duration';
import { describe, expect, it } from 'vitest';

const told = (offs: readonly number[]) => {
  const last = offs.reduce<ClockOff | undefined>((before, off) => clockOff(before, seconds(off)), undefined)?.told;
  return last === undefined ? undefined : last / 1000;
};

describe("a unit's clock", () => {
  for (const [name, offs, expected] of [
    ['that is right is not told of', [0, 1, -1], undefined],
    ['that is off by half a minute is not told of', [30], undefined],
    ['that is ahead is told of at once', [31], 31],
    ['that is behind is told of at the second letter that says so', [-31, -32], -32],
    ['that only seems to be behind in a letter that was held up is not told of', [0, -45, 0], undefined],
    ['that seems to be behind in two letters held up together is not told of', [0, -60, -31], undefined],
    ['that is told of is told of until it is less than 20 s off', [40, 25], 25],
    ['that is set right is told of no more', [3600, 1], undefined],
  ] as const)
    it(name, () => expect(told(offs)).toBe(expected));
});
