/** Pure. The picture as a coarse grid of places, on which steps and rest are counted and outlines are traced. */
import { contains, type Point, type Polygon } from '@nattfrid/shared/domain/geometry';

export const groundWidth = 64;
export const groundHeight = 36;
/** One number for each place, row by row. */
export type Ground = Readonly<Float32Array>;

export const emptyGround = (): Float32Array => new Float32Array(groundWidth * groundHeight);

/** The place that a point of the picture falls on; what lies outside falls on the edge. */
export function placeOf([x, y]: Point): number {
  const column = Math.min(groundWidth - 1, Math.max(0, Math.floor(x * groundWidth)));
  const row = Math.min(groundHeight - 1, Math.max(0, Math.floor(y * groundHeight)));
  return row * groundWidth + column;
}

export const middleOf = (place: number): Point => [
  ((place % groundWidth) + 0.5) / groundWidth,
  (Math.floor(place / groundWidth) + 0.5) / groundHeight,
];

/** The places whose middle lies inside. */
export const within = (outline: Polygon): boolean[] =>
  Array.from({ length: groundWidth * groundHeight }, (_, place) => contains(outline, ...middleOf(place)));
