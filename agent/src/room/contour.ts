/** Pure. Contour tracing of the occupancy grid's largest component, simplified to few corners (Douglas-Peucker). */
import type { Point, Polygon } from '@nattfrid/shared/domain/geometry';
import { crossesItself } from '@nattfrid/shared/domain/outline';
import { mostCorners } from '@nattfrid/shared/domain/room-proposal';
import { gridHeight, gridWidth } from './occupancy-grid.ts';

/** The outer contour of the largest component (of four neighbours), holes filled; undefined where there is none. */
export function largestContour(inside: readonly boolean[]): Polygon | undefined {
  const piece = largestComponent(inside);
  if (!piece) return undefined;
  const corners = traceContour(piece);
  for (let slack = 0.012; slack < 0.3; slack *= 1.4) {
    const outline = simplifiedContour(corners, slack);
    if (outline.length <= mostCorners && outline.length >= 3 && !crossesItself(outline)) return outline;
  }
  return undefined;
}

function largestComponent(inside: readonly boolean[]): ReadonlySet<number> | undefined {
  const seen = new Set<number>();
  let largest: Set<number> | undefined;
  for (let start = 0; start < inside.length; start++) {
    if (!inside[start] || seen.has(start)) continue;
    const piece = new Set([start]);
    for (const place of piece) for (const next of besides(place)) if (inside[next]) piece.add(next);
    for (const place of piece) seen.add(place);
    if (!largest || piece.size > largest.size) largest = piece;
  }
  return largest;
}

function besides(place: number): readonly number[] {
  const [x, y] = [place % gridWidth, Math.floor(place / gridWidth)];
  return [
    ...(x > 0 ? [place - 1] : []),
    ...(x < gridWidth - 1 ? [place + 1] : []),
    ...(y > 0 ? [place - gridWidth] : []),
    ...(y < gridHeight - 1 ? [place + gridWidth] : []),
  ];
}

/** Follows the outer edge with the component on the right hand, from the first cell's upper left corner back to it. */
function traceContour(piece: ReadonlySet<number>): readonly Point[] {
  const has = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < gridWidth && y < gridHeight && piece.has(y * gridWidth + x);
  const first = Math.min(...piece);
  const start = { x: first % gridWidth, y: Math.floor(first / gridWidth) };
  const steps = [
    { dx: 1, dy: 0 },
    { dx: 0, dy: 1 },
    { dx: -1, dy: 0 },
    { dx: 0, dy: -1 },
  ] as const;
  const corners: Point[] = [];
  let { x, y } = start;
  let way = 0;
  do {
    corners.push([x / gridWidth, y / gridHeight]);
    const { dx, dy } = steps[way]!;
    x += dx;
    y += dy;
    // The two cells ahead of the corner, to the left (-1) and to the right (1).
    const ahead = (side: -1 | 1) => {
      const [px, py] = [x + (dx - side * dy) / 2 - 0.5, y + (dy + side * dx) / 2 - 0.5];
      return has(px, py);
    };
    if (!ahead(1)) way = (way + 1) % 4;
    else if (ahead(-1)) way = (way + 3) % 4;
  } while (x !== start.x || y !== start.y);
  return corners;
}

/** Douglas-Peucker: no dropped corner is farther than `slack` from the result. */
function simplifiedContour(corners: readonly Point[], slack: number): Point[] {
  const from = corners[0]!;
  const far = corners.reduce((best, corner, at) => (gap(corner, from) > gap(corners[best]!, from) ? at : best), 0);
  return [...halved(corners.slice(0, far + 1), slack), ...halved([...corners.slice(far), from], slack)];
}

/** One open line, without its last point. */
function halved(line: readonly Point[], slack: number): Point[] {
  const [from, to] = [line[0]!, line[line.length - 1]!];
  let [worst, at] = [slack, 0];
  for (let i = 1; i < line.length - 1; i++) {
    const off = offLine(line[i]!, from, to);
    if (off > worst) [worst, at] = [off, i];
  }
  return at === 0 ? [from] : [...halved(line.slice(0, at + 1), slack), ...halved(line.slice(at), slack)];
}

const gap = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(ax - bx, ay - by);

function offLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const long = Math.hypot(bx - ax, by - ay);
  return long === 0 ? Math.hypot(x - ax, y - ay) : Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / long;
}
