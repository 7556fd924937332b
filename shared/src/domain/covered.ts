/** Pure. How much outlines cover together, counted on a grid: what they share counts once, and an outline that crosses itself counts too. */
import { contains, type Polygon } from './geometry.ts';

/** Cells along each side: a share is right to about a hundredth. */
const cells = 64;

/** @returns share of the picture that is within at least one of them */
export const covered = (outlines: readonly Polygon[]): number =>
  shareOf(
    () => true,
    (x, y) => isWithin(outlines, x, y),
  );

/** @returns share of the ground that is within at least one of the outlines; 0 for a ground too small to be counted */
export const coveredOf = (ground: Polygon, outlines: readonly Polygon[]): number =>
  shareOf(
    (x, y) => contains(ground, x, y),
    (x, y) => isWithin(outlines, x, y),
  );

/** How much of the picture of `within` is not in `before`: what has been added there. */
export const added = (before: readonly Polygon[], now: readonly Polygon[]): number =>
  shareOf(
    () => true,
    (x, y) => isWithin(now, x, y) && !isWithin(before, x, y),
  );

const isWithin = (outlines: readonly Polygon[], x: number, y: number): boolean =>
  outlines.some((outline) => contains(outline, x, y));

function shareOf(counts: (x: number, y: number) => boolean, has: (x: number, y: number) => boolean): number {
  let [all, those] = [0, 0];
  for (let row = 0; row < cells; row++)
    for (let column = 0; column < cells; column++) {
      const [x, y] = [(column + 0.5) / cells, (row + 0.5) / cells];
      if (!counts(x, y)) continue;
      all++;
      if (has(x, y)) those++;
    }
  return all === 0 ? 0 : those / all;
}
