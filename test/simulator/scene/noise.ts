/** Pure. Seeded chance and smooth noise: the same seed draws the same picture. */

/** A number 0..1 for a whole-numbered place and a seed. */
export function chanceAt(x: number, y: number, z: number, seed: number): number {
  let h =
    (Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(z, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b)) | 0;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}

/** A source of numbers 0..1 (mulberry32, public domain). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Smooth noise, -1..1, about one bump a unit. */
export function bumps(x: number, y: number, z: number, seed: number): number {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const k = Math.floor(z);
  const u = ease(x - i);
  const v = ease(y - j);
  const w = ease(z - k);
  const row = (b: number, c: number) => mix(chanceAt(i, b, c, seed), chanceAt(i + 1, b, c, seed), u);
  const sheet = (c: number) => mix(row(j, c), row(j + 1, c), v);
  return 2 * mix(sheet(k), sheet(k + 1), w) - 1;
}

const ease = (t: number) => t * t * (3 - 2 * t);
const mix = (a: number, b: number, t: number) => a + (b - a) * t;
