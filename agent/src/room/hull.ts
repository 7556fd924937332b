/** Pure. Convex hull of points, and their dilation. */
import type { Point } from '@nattfrid/shared/domain/geometry';

/** Andrew's monotone chain. Fewer than three points, or all on one line: no outline. */
export function hullOf(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort(([ax, ay], [bx, by]) => ax - bx || ay - by);
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length >= 2 && turn(chain[chain.length - 2]!, chain[chain.length - 1]!, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  const hull = [...half(sorted), ...half([...sorted].reverse())];
  return hull.length < 3 ? [] : hull;
}

/** The four corners of a box round each point, so that their hull lies so much farther out. */
export const dilated = (points: readonly Point[], across: number, down: number): readonly Point[] =>
  points.flatMap(([x, y]) =>
    [
      [-1, -1],
      [1, -1],
      [-1, 1],
      [1, 1],
    ].map(([dx, dy]): Point => [clamp(x + dx! * across), clamp(y + dy! * down)]),
  );

const clamp = (share: number): number => Math.min(1, Math.max(0, share));
const turn = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
