import type { Pixels } from '@nattfrid/agent/decode/frame';
import { softened } from '@nattfrid/agent/perceive/softened';
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
  it('loses most of its noise', () => expect(spread(softened(edge))).toBeLessThan(0.5 * spread(edge)));
  it('keeps its outlines where they are', () => {
    const seen = softened(edge);
    const column = (x: number) =>
      Array.from({ length: 20 }, (_, row) => seen.y[(100 + row) * width + x]!).reduce((sum, value) => sum + value) / 20;
    expect(column(161) - column(158)).toBeGreaterThan(80);
  });
});
