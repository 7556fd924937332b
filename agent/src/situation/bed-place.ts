/** Pure. How somebody stands to a bed: in its place, beside it, or elsewhere, by the boxes alone. */
import { type Box, contains, type Polygon } from '@nattfrid/shared/domain/geometry';
import type { Observed } from '@nattfrid/shared/domain/observation';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

/** Share of a bed that moves when its sleeper turns or gets out; the noise of a dark room is less. */
export const stirring = 0.02;
/** Who has got out of a bed has moved it no longer ago. */
const sinceStirring = seconds(15);

export function boxOf(outline: Polygon): Box {
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Share of the box, by points all over it, that lies within the outline. */
export function shareWithin(outline: Polygon, { x, y, width, height }: Box): number {
  let inside = 0;
  for (let row = 0; row < 5; row++)
    for (let column = 0; column < 5; column++)
      if (contains(outline, x + ((column + 0.5) / 5) * width, y + ((row + 0.5) / 5) * height)) inside++;
  return inside / 25;
}

/** The bed in which this is; undefined: in none. */
export function bedOf(box: Box, beds: readonly Polygon[]): number | undefined {
  const bed = beds.findIndex((outline) => shareWithin(outline, box) >= 0.3);
  return bed < 0 ? undefined : bed;
}

/** Whether somebody may have got out of a bed that moved last at that time; undefined: it never has. */
export const hasStirred = (last: Instant | undefined, at: Instant): boolean =>
  last !== undefined && at - last < sinceStirring;

/** When something moved last in each bed. */
export type Stirred = readonly (Instant | undefined)[];

export const nextStirred = (before: Stirred, { beds = [], at }: Observed): Stirred =>
  beds.map(({ moving }, bed) => (moving >= stirring ? at : before[bed]));

/** Touches the bed, or is no farther from it than a good half metre: a third of the body's own length. */
export function isBeside(outline: Polygon, box: Box): boolean {
  const bed = boxOf(outline);
  const [dx, dy] = [gap(bed.x, bed.width, box.x, box.width), gap(bed.y, bed.height, box.y, box.height)];
  const near = 0.35 * Math.max(box.width, box.height);
  return dx <= near && dy <= near;
}

/** Overlap, or stand side by side: no more apart than a third of the width of the wider. */
export function touches(one: Box, other: Box): boolean {
  const near = 0.35 * Math.max(one.width, other.width);
  return gap(one.x, one.width, other.x, other.width) <= near && gap(one.y, one.height, other.y, other.height) <= 0;
}

const gap = (a: number, aLong: number, b: number, bLong: number): number =>
  Math.max(0, Math.max(a, b) - Math.min(a + aLong, b + bLong));
