/** Pure. The picture as a coarse grid of places, on which steps and rest are counted and outlines are traced. */
import { contains, type Point, type Polygon } from '@nattfrid/shared/domain/geometry';

export const gridWidth = 64;
export const gridHeight = 36;
/** One number for each place, row by row. */
export type OccupancyGrid = Readonly<Float32Array>;

export const emptyGrid = (): Float32Array => new Float32Array(gridWidth * gridHeight);

/** The place that a point of the picture falls on; what lies outside falls on the edge. */
export function cellAt([x, y]: Point): number {
  const column = Math.min(gridWidth - 1, Math.max(0, Math.floor(x * gridWidth)));
  const row = Math.min(gridHeight - 1, Math.max(0, Math.floor(y * gridHeight)));
  return row * gridWidth + column;
}

export const cellCentre = (place: number): Point => [
  ((place % gridWidth) + 0.5) / gridWidth,
  (Math.floor(place / gridWidth) + 0.5) / gridHeight,
];

/** The places whose middle lies inside. */
export const cellsInside = (outline: Polygon): boolean[] =>
  Array.from({ length: gridWidth * gridHeight }, (_, place) => contains(outline, ...cellCentre(place)));
