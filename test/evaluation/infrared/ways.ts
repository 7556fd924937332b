/** Pure. Ways in which the same scene is shown: mirrored, turned, nearer, farther, darker, lighter, noisier; the outlines move along. */
import type { Pixels } from '@nattfrid/agent/decode/frame';
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import { chance } from '@nattfrid/simulator/scene/noise';
import { gaussian } from '@nattfrid/simulator/simulated-light';
import { resampled } from './retouched.ts';

export interface Way {
  readonly name: string;
  /** Looked into while the rules were made; the others are only judged on. */
  readonly tuned: boolean;
  readonly pictures: number;
  /** Where a point of the new picture comes from in the old one, and the way back. */
  readonly from?: (x: number, y: number) => readonly [number, number];
  readonly to?: (x: number, y: number) => readonly [number, number];
  /** Share of the light that is left; standard deviation of the noise that is added, in grey values. */
  readonly light?: number;
  readonly noise?: number;
}

/** So many times as near, round the middle of the bed. */
const nearer = (times: number): Pick<Way, 'from' | 'to'> => ({
  from: (x, y) => [0.475 + (x - 0.5) / times, 0.48 + (y - 0.5) / times],
  to: (x, y) => [0.5 + (x - 0.475) * times, 0.5 + (y - 0.48) * times],
});
const mirrored: Pick<Way, 'from' | 'to'> = { from: (x, y) => [1 - x, y], to: (x, y) => [1 - x, y] };
/** The camera hangs the other way round. */
const overhead: Pick<Way, 'from' | 'to'> = { from: (x, y) => [1 - x, 1 - y], to: (x, y) => [1 - x, 1 - y] };

/** The middle of the bed; height of the picture in widths of it. */
const [middle, high] = [[0.475, 0.48], 366 / 640] as const;
/** The camera hangs askew: turned round the middle of the bed. */
function askew(degrees: number): Pick<Way, 'from' | 'to'> {
  const turned = (sign: number) => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), sign * Math.sin((degrees * Math.PI) / 180)];
    return (x: number, y: number): readonly [number, number] => {
      const [u, v] = [x - middle[0], (y - middle[1]) * high];
      return [middle[0] + cos * u - sin * v, middle[1] + (sin * u + cos * v) / high];
    };
  };
  return { from: turned(1), to: turned(-1) };
}
/** The camera hangs lower: what lies above is farther away, and the bed is seen along the floor. @param by 0 to 0.6 */
const lower = (by: number): Pick<Way, 'from' | 'to'> => ({
  from(x, y) {
    const deep = 1 + by * (0.5 - y);
    return [0.5 + (x - 0.5) * deep, 0.5 + (y - 0.5) * deep * (1 + by)];
  },
  to(x, y) {
    const v = (y - 0.5) / (1 + by);
    const down = solved(v, by);
    return [0.5 + (x - 0.5) / (1 - by * down), 0.5 + down];
  },
});
/** The nearer root of down * (1 - by * down) = v. */
const solved = (v: number, by: number): number => (1 - Math.sqrt(Math.max(0, 1 - 4 * by * v))) / (2 * by);
/** The bed reaches out of the picture. */
const cutOff: Pick<Way, 'from' | 'to'> = { from: (x, y) => [x + 0.33, y - 0.1], to: (x, y) => [x - 0.33, y + 0.1] };

/** Six pictures a second, as recorded, where nothing else is said. */
export const ways: readonly Way[] = [
  { name: 'as it is', tuned: true, pictures: 6 },
  { name: 'mirrored', tuned: true, pictures: 6, ...mirrored },
  { name: 'darker', tuned: true, pictures: 6, light: 0.6 },
  { name: 'noisier', tuned: true, pictures: 6, noise: 4 },
  { name: 'nearer', tuned: false, pictures: 6, ...nearer(1.25) },
  { name: 'farther', tuned: false, pictures: 6, ...nearer(0.7) },
  { name: 'head to the right, darker and noisier', tuned: false, pictures: 6, ...overhead, light: 0.75, noise: 3 },
  { name: 'lighter, ten a second', tuned: false, pictures: 10, light: 1.6, noise: 1 },
  { name: 'half the size', tuned: false, pictures: 6, ...nearer(0.5), noise: 1 },
  { name: 'askew, darker', tuned: false, pictures: 6, ...askew(25), light: 0.5, noise: 1 },
  { name: 'seen along the floor', tuned: false, pictures: 6, ...lower(0.5), noise: 1 },
  { name: 'cut by the edge', tuned: false, pictures: 6, ...cutOff, noise: 1 },
];

/** What does not change from picture to picture: place and light. @returns a new picture */
export function shown(pixels: Pixels, { from, light = 1 }: Way): Pixels {
  const copy = from
    ? resampled(pixels, from)
    : { ...pixels, y: pixels.y.slice(), u: pixels.u.slice(), v: pixels.v.slice() };
  if (light !== 1)
    for (let at = 0; at < copy.y.length; at++)
      copy.y[at] = Math.round(Math.min(235, Math.max(16, 16 + (copy.y[at]! - 16) * light)));
  return copy;
}

export const shownOutline = (outline: Polygon, { to }: Way): Polygon =>
  to
    ? outline.map(([x, y]) => {
        const [u, v] = to(x, y);
        return [Math.min(Math.max(u, 0), 1), Math.min(Math.max(v, 0), 1)] as const;
      })
    : outline;

const grains = 1 << 17;

/** Noise that is drawn anew for each picture. @returns changes luma in place */
export function grainOf(spread: number, seed: number): (luma: Uint8Array) => void {
  if (spread === 0) return () => {};
  const random = chance(seed);
  const grain = gaussian(random, grains).map((one) => spread * one);
  return (luma) => {
    for (let from = 0, at = 0; at < luma.length; at++) {
      if (at % 640 === 0) from = Math.floor(random() * (grains - 640));
      luma[at] = Math.round(Math.min(235, Math.max(16, luma[at]! + grain[from++]!)));
    }
  };
}
