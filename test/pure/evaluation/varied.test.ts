import { describe, expect, it } from 'vitest';
import { seedOf, type Variation, variations, varied, variedRoom } from '../../evaluation/recording/varied.ts';

/** Grows to the right, so that left and right, middle and edge can be told apart. */
const slope = () => ({
  width: 20,
  height: 10,
  y: Uint8Array.from({ length: 200 }, (_, at) => 20 + (at % 20) * 10),
  u: new Uint8Array(50).fill(90),
  v: Uint8Array.from({ length: 50 }, (_, at) => 100 + (at % 10)),
});
const changed = (variation: Variation | undefined) => {
  const pixels = slope();
  varied(variation)(pixels);
  return pixels;
};

describe('a recording a little otherwise', () => {
  for (const [variation, first, last] of [
    [undefined, 20, 210],
    ['mirrored', 210, 20],
    ['cropped', 30, 201],
    ['brighter', 21, 235],
    ['darker', 19, 171],
    ['noise-2', 20, 210],
  ] as const)
    it(`${variation ?? 'as it is'}: the light at the left and at the right`, () => {
      const { y } = changed(variation);
      expect([y[0], y[19], y[180], y[199]]).toEqual([first, last, first, last]);
    });

  it('turns the colours with the light, and leaves them as strong as they are', () => {
    expect([...changed('mirrored').v.subarray(0, 3)]).toEqual([109, 108, 107]);
    expect(changed('brighter').u).toEqual(slope().u);
  });

  for (const [variation, bed] of [
    [
      undefined,
      [
        [0.1, 0.5],
        [0.5, 0.5],
        [0.5, 0.95],
      ],
    ],
    [
      'mirrored',
      [
        [0.9, 0.5],
        [0.5, 0.5],
        [0.5, 0.95],
      ],
    ],
    [
      'cropped',
      [
        [0.056, 0.5],
        [0.5, 0.5],
        [0.5, 1],
      ],
    ],
    [
      'darker',
      [
        [0.1, 0.5],
        [0.5, 0.5],
        [0.5, 0.95],
      ],
    ],
  ] as const)
    it(`${variation ?? 'as it is'}: a bed lies where it is then seen`, () => {
      const bedOf = variedRoom(
        {
          beds: [
            [
              [0.1, 0.5],
              [0.5, 0.5],
              [0.5, 0.95],
            ],
          ],
          exits: [],
          masks: [],
        },
        variation,
      ).beds[0]!;
      expect(bedOf.map((point) => point.map((one) => Math.round(one * 1000) / 1000))).toEqual(bed);
    });

  it('gives each noise its own seed', () =>
    expect(new Set(variations.map((one) => seedOf(one)))).toEqual(new Set([1, 2, 3])));
});
