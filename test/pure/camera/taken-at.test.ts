/** When live pictures were taken: even, though they arrive unevenly, and never far from our own clock. */
import { run } from '@nattfrid/shared/machine/machine';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { takenAt } from '../../../agent/src/camera/rtp/taken-at.ts';

/** @param arrived milliseconds. @param every RTP time between two pictures. */
const times = (arrived: readonly number[], every = 9000, first = 4_294_960_000) =>
  run(
    takenAt,
    arrived.map((at, index) => ({ timestamp: (first + index * every) % 2 ** 32, arrived: instant(at) })),
  ).effects;

describe('when a picture was taken', () => {
  it('is even although it arrives unevenly, also where the count wraps', () => {
    const found = times([0, 130, 190, 330, 395, 500]);
    for (const [index, at] of found.entries()) expect(Math.abs(at - index * 100)).toBeLessThan(5);
  });
  it('follows our clock where the camera counts too fast', () => {
    const found = times(
      Array.from({ length: 3000 }, (_, index) => index * 100),
      9090,
    );
    expect(Math.abs((found.at(-1) ?? 0) - 299_900)).toBeLessThan(100);
  });
  it('rises with each picture, also when they arrive in one lump', () => {
    const found = times([0, 0, 0, 0, 0], 0);
    expect(found).toEqual([0, 1, 2, 3, 4]);
  });
  it('begins anew where a clock has jumped, in either direction', () => {
    expect(times([0, 100, 50_000, 50_100])).toEqual([0, 100, 50_000, 50_100]);
    expect(times([50_000, 50_100, 0, 100])).toEqual([50_000, 50_100, 0, 100]);
  });
});
