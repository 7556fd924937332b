/**
 * Pure. Where the edges of a room stand in the picture, summed up along bands: figures enough to say by how much the camera has
 * moved since, and by far too few to show anything. It goes by edges because a lamp changes the light, not where things stand.
 */
import { z } from 'zod';
import { quantile } from '../perceive/cells.ts';
import { type AverageView, isSeen } from './average-view.ts';

/** Six bands each way: something that was moved spoils one or two, a camera that was moved shifts them all. */
const bands = 6;
/** Of the picture's width or height: so far a shift is looked for. */
const farthest = 0.2;
/** How alike two bands must be, 0 to 1, and how much more than at any other place, for one to say where the other has gone. */
const leastAlike = 0.55;
const clearly = 0.06;
/** Bands that must say so. */
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

/** The square root tames a single strong edge; what is left stands out from its surroundings. Whole numbers, small on the disk. */
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

/** Shares of the picture, positive to the right and downwards; undefined where the bands cannot say. */
export interface Shift {
  readonly across: number | undefined;
  readonly down: number | undefined;
  /** How alike the bands that say so are, 0 to 1. */
  readonly alike: number;
}

/** How the room has moved in the picture since; undefined: the two cannot be compared. */
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
  // A camera moves all of it alike, but for a little turning: bands that say something else were spoilt.
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

/** Of what both show, when the second has moved by so much. */
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
