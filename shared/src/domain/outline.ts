/** Pure. Measures and checks of a drawn outline: its area, the box round it, whether it crosses itself, what is wrong with it. */
import type { Box, Point, Polygon } from './geometry.ts';

/** Share of the picture inside, by the shoelace formula; means nothing for an outline that crosses itself. */
export function areaOf(outline: Polygon): number {
  let twice = 0;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [xi, yi] = outline[i]!;
    const [xj, yj] = outline[j]!;
    twice += xj * yi - xi * yj;
  }
  return Math.abs(twice) / 2;
}

/** The smallest upright box that holds it. */
export function boundingBox(outline: Polygon): Box {
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Whether two sides that are not neighbours meet, or a side folds back onto its neighbour. */
export function crossesItself(outline: Polygon): boolean {
  const many = outline.length;
  for (let i = 0; i < many; i++) {
    const [a, b] = [outline[i]!, outline[(i + 1) % many]!];
    for (let j = i + 1; j < many; j++) {
      const [c, d] = [outline[j]!, outline[(j + 1) % many]!];
      const neighbours = j === i + 1 || (i === 0 && j === many - 1);
      if (neighbours ? foldsBack(a, b, c, d, j === i + 1) : meet(a, b, c, d)) return true;
    }
  }
  return false;
}

/** crosses-itself: what is inside cannot be said. too-small: no person fits in. too-large: it covers nearly everything, and so tells nothing. */
export type OutlineFault = 'crosses-itself' | 'too-small' | 'too-large';

/** Shares of the picture. */
export interface OutlineLimits {
  readonly least: number;
  readonly most: number;
}

export function outlineFault(outline: Polygon, { least, most }: OutlineLimits): OutlineFault | undefined {
  if (crossesItself(outline)) return 'crosses-itself';
  const area = areaOf(outline);
  return area < least ? 'too-small' : area > most ? 'too-large' : undefined;
}

const turn = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number =>
  Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));

const between = ([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): boolean =>
  x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by);

function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  const turns = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (turns[0] !== turns[1] && turns[2] !== turns[3] && !turns.includes(0)) return true;
  return (
    (turns[0] === 0 && between(a, b, c)) ||
    (turns[1] === 0 && between(a, b, d)) ||
    (turns[2] === 0 && between(c, d, a)) ||
    (turns[3] === 0 && between(c, d, b))
  );
}

/** Whether two sides that share one corner meet anywhere else. @param sharesB b is c; otherwise a is d */
function foldsBack(a: Point, b: Point, c: Point, d: Point, sharesB: boolean): boolean {
  const [end, far] = sharesB ? [d, a] : [c, b];
  return turn(a, b, end) === 0 && (between(a, b, end) || between(c, d, far));
}
