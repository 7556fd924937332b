/** Infrared pictures with a bright middle and dark edges, corrected; colour pictures left alone. */
import type { Pixels } from '@nattfrid/agent/decode/frame';
import { boxBlur3x3 } from '@nattfrid/agent/perceive/box-blur-3x3';
import { isColourless, shadingCorrected } from '@nattfrid/agent/perceive/shading-correction';
import { describe, expect, it } from 'vitest';

const [width, height] = [320, 240];
const plane = (value: number) => new Uint8Array((width / 2) * (height / 2)).fill(value);
const pictureOf = (light: (x: number, y: number) => number, u = 128, v = 128): Pixels => ({
  width,
  height,
  y: Uint8Array.from({ length: width * height }, (_, at) => light(at % width, Math.floor(at / width))),
  u: plane(u),
  v: plane(v),
});
const mean = ({ y }: Pixels, left: number, top: number, side = 20) => {
  let sum = 0;
  for (let row = top; row < top + side; row++)
    for (let column = left; column < left + side; column++) sum += y[row * width + column]!;
  return sum / side ** 2;
};

/** Bright in the middle, dark in the corners, as a lamp at the camera lights a wall. */
const fall = (x: number, y: number) => 1 - 0.35 * (((x / width - 0.5) * 2) ** 2 + ((y / height - 0.5) * 2) ** 2);

describe('a picture without colour', () => {
  for (const [name, u, v, expected] of [
    ['is told by its neutral planes', 128, 128, true],
    ['is told in spite of what compression leaves', 129, 127, true],
    ['is told in spite of one tint over all of it, which infrared has with some cameras', 118, 140, true],
  ] as const)
    it(name, () => expect(isColourless(pictureOf(() => 100, u, v))).toBe(expected));

  it('is not one in which a curtain has another colour than the wall', () => {
    const picture = pictureOf(() => 100);
    picture.v.fill(150, 0, picture.v.length / 3);
    expect(isColourless(picture)).toBe(false);
  });
});

describe('a room that is lit in the middle', () => {
  const lit = pictureOf((x, y) => 16 + 150 * fall(x, y));
  it('looks lit more evenly, also in the corners', () => {
    const before = mean(lit, 150, 110) - mean(lit, 5, 5);
    const after = mean(shadingCorrected(lit), 150, 110) - mean(shadingCorrected(lit), 5, 5);
    expect(after).toBeLessThan(0.85 * before);
  });
  it('keeps a dark body dark against the wall beside it', () => {
    const body = pictureOf((x, y) => 16 + (x > 40 && x < 90 && y > 60 && y < 200 ? 60 : 150) * fall(x, y));
    const seen = shadingCorrected(body);
    expect(mean(seen, 110, 120) - mean(seen, 55, 120)).toBeGreaterThan(
      0.8 * (mean(body, 110, 120) - mean(body, 55, 120)),
    );
  });
  it('stays as it is where it is lit evenly already', () => {
    const even = pictureOf((x) => 100 + (x % 2));
    expect(mean(shadingCorrected(even), 5, 5)).toBeCloseTo(mean(even, 5, 5), 0);
  });
});

describe('a noisy picture', () => {
  let chance = 1;
  const noise = () => {
    chance = (Math.imul(chance, 1664525) + 1013904223) >>> 0;
    return 16 * (chance / 2 ** 32 - 0.5);
  };
  const edge = pictureOf((x) => (x < 160 ? 60 : 160) + noise());
  const spread = (picture: Pixels) => {
    const level = mean(picture, 40, 100);
    let sum = 0;
    for (let row = 100; row < 120; row++)
      for (let column = 40; column < 60; column++) sum += (picture.y[row * width + column]! - level) ** 2;
    return Math.sqrt(sum / 400);
  };
  it('loses most of its noise', () => expect(spread(boxBlur3x3(edge))).toBeLessThan(0.5 * spread(edge)));
  it('keeps its outlines where they are', () => {
    const seen = boxBlur3x3(edge);
    const column = (x: number) =>
      Array.from({ length: 20 }, (_, row) => seen.y[(100 + row) * width + x]!).reduce((sum, value) => sum + value) / 20;
    expect(column(161) - column(158)).toBeGreaterThan(80);
  });
});
