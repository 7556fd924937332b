/** Which pictures are looked at: ten a second of whatever the camera sends, as evenly as can be. */
import { run } from '@nattfrid/shared/machine/machine';
import { instant } from '@nattfrid/shared/time/instant';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pace } from '../../../agent/src/decode/pace.ts';

const worth = (times: readonly number[]) => {
  const looks = run(pace(10), times.map(instant)).effects;
  return times.filter((_, index) => looks[index] === 'look');
};
const camera = (perSecond: number, seconds: number) =>
  Array.from({ length: perSecond * seconds }, (_, index) => Math.round((index * 1000) / perSecond));

describe('the pace', () => {
  for (const [perSecond, expected] of [
    [5, 50],
    [8, 80],
    [10, 100],
    [12, 100],
    [15, 100],
    [20, 100],
    [25, 100],
    [30, 100],
    [60, 100],
  ] as const)
    it(`looks at ${expected} pictures of ten seconds from a camera with ${perSecond} a second, evenly`, () => {
      const looked = worth(camera(perSecond, 10));
      expect(Math.abs(looked.length - expected)).toBeLessThanOrEqual(1);
      const gaps = looked.slice(1).map((at, index) => at - (looked[index] ?? 0));
      const own = 1000 / perSecond;
      expect(Math.max(...gaps)).toBeLessThanOrEqual(Math.max(100, own) + own + 1);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(Math.max(own, 100 - own) - 26);
    });

  it('looks at every picture of a camera with ten a second that jitters', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -12, max: 12 }), { minLength: 10, maxLength: 60 }), (jitter) => {
        expect(worth(jitter.map((off, index) => index * 100 + off)).length).toBe(jitter.length);
      }),
    );
  });
  it('looks at the first picture after a silence, and after a clock was set', () => {
    expect(worth([0, 40, 80, 5000, 5040, 5080])).toEqual([0, 80, 5000, 5080]);
    expect(worth([9000, 9040, 0, 40, 80])).toEqual([9000, 0, 80]);
  });
});
