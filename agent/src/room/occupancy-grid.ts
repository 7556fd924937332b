/** Pure. Occupancy grid: the picture as coarse cells, in which steps are counted and contours are traced. */
import { contains, type Point, type Polygon } from '@nattfrid/shared/domain/geometry';

export const gridWidth = 64;
export const gridHeight = 36;
/** One number for each cell, row by row. */
export type OccupancyGrid = Readonly<Float32Array>;

export const emptyGrid = (): Float32Array => new Float32Array(gridWidth * gridHeight);

/** Index of the cell of a point in picture space; clipped to the edge. */
export function cellAt([x, y]: Point): number {
  const column = Math.min(gridWidth - 1, Math.max(0, Math.floor(x * gridWidth)));
  const row = Math.min(gridHeight - 1, Math.max(0, Math.floor(y * gridHeight)));
  return row * gridWidth + column;
}

export const cellCentre = (place: number): Point => [
  ((place % gridWidth) + 0.5) / gridWidth,
  (Math.floor(place / gridWidth) + 0.5) / gridHeight,
];

/** For each cell, whether its centre lies inside. */
export const cellsInside = (outline: Polygon): boolean[] =>
  Array.from({ length: gridWidth * gridHeight }, (_, place) => contains(outline, ...cellCentre(place)));
