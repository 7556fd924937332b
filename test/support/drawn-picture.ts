/** Pure. Simple synthetic pictures in raw pixels: seeded noise, and a figure before a wall. */
import type { Pixels } from '@nattfrid/agent/decode/frame';

/** Uniform in [0, 1). Mulberry32 by Tommy Ettinger, public domain. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Uniform noise in luma and chroma. */
export function noise(width: number, height: number, seed = 1): Pixels {
  const random = chance(seed);
  const plane = (count: number) => new Uint8Array(count).map(() => 16 + 220 * random());
  return { width, height, y: plane(width * height), u: plane((width * height) / 4), v: plane((width * height) / 4) };
}

/** A floor and a wall in slow gradients, and an upright body of ellipses before them. */
export function figure(width: number, height: number): Pixels {
  const parts = [
    { x: 0.5, y: 0.2, w: 0.04, h: 0.07, grey: 190 },
    { x: 0.5, y: 0.42, w: 0.08, h: 0.17, grey: 110 },
    { x: 0.46, y: 0.72, w: 0.03, h: 0.18, grey: 70 },
    { x: 0.54, y: 0.72, w: 0.03, h: 0.18, grey: 74 },
    { x: 0.4, y: 0.42, w: 0.02, h: 0.14, grey: 120 },
    { x: 0.6, y: 0.42, w: 0.02, h: 0.14, grey: 122 },
  ];
  const grey = (x: number, y: number): number => {
    const part = parts.findLast((one) => ((x - one.x) / one.w) ** 2 + ((y - one.y) / one.h) ** 2 < 1);
    return part?.grey ?? (y < 0.7 ? 200 - 60 * x : 90 + 60 * y);
  };
  const luma = new Uint8Array(width * height).map((_, at) =>
    grey(((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height),
  );
  const colour = (from: number) => new Uint8Array((width * height) / 4).map((_, at) => from + (at % (width / 2)) / 16);
  return { width, height, y: luma, u: colour(118), v: colour(126) };
}
