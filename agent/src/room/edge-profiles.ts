/**
 * Pure. Edge profiles: projections of the gradient along bands of the picture, and the camera's shift by their normalised
 * cross-correlation. A lamp changes the light, not the edges; the figures are far too few to show a picture.
 */
import { z } from 'zod';
import { quantile } from '../perceive/cells.ts';
import { type AverageView, isSeen } from './average-view.ts';

/** Bands each way: a moved object spoils one or two, a moved camera shifts all. */
const bands = 6;
/** Search range of the shift, in shares of the picture's width or height. */
const farthest = 0.2;
/** Least correlation of two bands at their best shift, and its least lead over any other shift. */
const leastAlike = 0.55;
const clearly = 0.06;
/** Least number of bands that agree. */
const fewest = 3;

const Band = z.array(z.number()).max(4096).readonly();
export const EdgeProfiles = z
  .object({ width: z.int(), height: z.int(), across: z.array(Band).readonly(), down: z.array(Band).readonly() })
  .readonly();
export type EdgeProfiles = z.infer<typeof EdgeProfiles>;

export function edgeProfilesOf(view: AverageView): EdgeProfiles {
  const { width, height, light } = view;
  const across = Array.from({ length: bands }, () => new Float32Array(width));
  const down = Array.from({ length: bands }, () => new Float32Array(height));
  for (let y = 1; y < height - 1; y++) {
    const row = across[Math.floor((y * bands) / height)]!;
    for (let x = 1; x < width - 1; x++) {
      const cell = y * width + x;
      if (!isSeen(view, cell)) continue;
      row[x]! += Math.abs(light[cell + 1]! - light[cell - 1]!);
      down[Math.floor((x * bands) / width)]![y]! += Math.abs(light[cell + width]! - light[cell - width]!);
    }
  }
  return { width, height, across: across.map(contrasted), down: down.map(contrasted) };
}

/** Square root against single strong edges, minus the local mean; whole numbers, small on the disk. */
function contrasted(sums: Float32Array): readonly number[] {
  const tamed = sums.map(Math.sqrt);
  const reach = Math.round(sums.length / 12);
  return Array.from(tamed, (value, at) => {
    const [from, to] = [Math.max(0, at - reach), Math.min(tamed.length, at + reach + 1)];
    let sum = 0;
    for (let i = from; i < to; i++) sum += tamed[i]!;
    return Math.round(10 * (value - sum / (to - from)));
  });
}

/** Shift in shares of the picture, positive to the right and downwards; undefined where too few bands agree. */
export interface Shift {
  readonly across: number | undefined;
  readonly down: number | undefined;
  /** Mean correlation of the agreeing bands, 0 to 1. */
  readonly alike: number;
}

/** The shift of the room in the picture since `before`; undefined: the two cannot be compared. */
export function shiftSince(before: EdgeProfiles, now: EdgeProfiles): Shift | undefined {
  if (before.width !== now.width || before.height !== now.height) return undefined;
  const [across, down] = [consensus(before.across, now.across), consensus(before.down, now.down)];
  if (!across && !down) return undefined;
  const alike = [across, down].flatMap((one) => (one ? [one.alike] : []));
  return {
    across: across && across.by / before.width,
    down: down && down.by / before.height,
    alike: Math.min(...alike),
  };
}

function consensus(before: readonly (readonly number[])[], now: readonly (readonly number[])[]) {
  const said = before.flatMap((band, at) => bestMatch(band, now[at] ?? []) ?? []);
  if (said.length < fewest) return undefined;
  const by = quantile(
    said.map((one) => one.by),
    0.5,
  );
  // A moved camera shifts all bands alike, but for a little rotation; others are outliers.
  const same = said.filter((one) => Math.abs(one.by - by) <= Math.max(2, 0.25 * Math.abs(by)));
  if (same.length < fewest || same.length < 0.6 * said.length) return undefined;
  return { by, alike: same.reduce((sum, one) => sum + one.alike, 0) / same.length };
}

function bestMatch(before: readonly number[], now: readonly number[]) {
  const most = Math.floor(farthest * before.length);
  const fits = Array.from({ length: 2 * most + 1 }, (_, at) => correlation(before, now, at - most));
  const best = fits.reduce((found, fit, at) => (fit > fits[found]! ? at : found), 0);
  const elsewhere = fits.reduce((found, fit, at) => (Math.abs(at - best) > 4 ? Math.max(found, fit) : found), -1);
  if (fits[best]! < leastAlike || fits[best]! - elsewhere < clearly) return undefined;
  return { by: best - most, alike: fits[best]! };
}

/** Normalised cross-correlation of the common part, at a shift of `by`. */
function correlation(a: readonly number[], b: readonly number[], by: number): number {
  const [from, to] = [Math.max(0, -by), Math.min(a.length, a.length - by)];
  let [sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let i = from; i < to; i++) {
    const [x, y] = [a[i]!, b[i + by]!];
    sa += x;
    sb += y;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  const many = to - from;
  const varied = (aa - (sa * sa) / many) * (bb - (sb * sb) / many);
  return varied <= 0 ? 0 : (ab - (sa * sb) / many) / Math.sqrt(varied);
}
