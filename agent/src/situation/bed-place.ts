/** Pure. How a body stands to a bed, by boxes and outlines alone (sampled point-in-polygon): in its place, beside it, or elsewhere. */
import { type Box, contains, type Polygon } from '@nattfrid/shared/domain/geometry';
import { boundingBox } from '@nattfrid/shared/domain/outline';

/** How much of the box lies within the outline, 0 to 1, by 25 points spread over it. */
export function containmentInOutline({ x, y, width, height }: Box, outline: Polygon): number {
  let inside = 0;
  for (let row = 0; row < 5; row++)
    for (let column = 0; column < 5; column++)
      if (contains(outline, x + ((column + 0.5) / 5) * width, y + ((row + 0.5) / 5) * height)) inside++;
  return inside / 25;
}

/** The bed that this box is in, by its place in the list; undefined: in none. */
export function bedOf(box: Box, beds: readonly Polygon[]): number | undefined {
  const bed = beds.findIndex((outline) => containmentInOutline(box, outline) >= 0.3);
  return bed < 0 ? undefined : bed;
}

/** Touches the bed, or is no farther from it than a good half metre: a third of the body's own length. */
export function isBeside(outline: Polygon, box: Box): boolean {
  const bed = boundingBox(outline);
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
