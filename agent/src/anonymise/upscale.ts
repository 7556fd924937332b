/** Pure. Bilinear upscaling of the grid to the canvas by two. */
import { gridHeight, gridWidth } from './canvas.ts';

/**
 * One line of the canvas (0 to 359) out of the grid, from column `left` to before `right` of the grid.
 * @param line twice (right - left) values
 */
export function upscaleLine(
  grid: Float32Array,
  canvasRow: number,
  left: number,
  right: number,
  line: Float32Array,
): void {
  const near = canvasRow >> 1;
  const far = Math.max(0, Math.min(gridHeight - 1, canvasRow & 1 ? near + 1 : near - 1));
  const [a, b] = [near * gridWidth, far * gridWidth];
  let before = value(grid, a, b, Math.max(0, left - 1));
  let here = value(grid, a, b, left);
  for (let column = left, to = 0; column < right; column++) {
    const next = value(grid, a, b, column + 1 < gridWidth ? column + 1 : column);
    line[to++] = 0.75 * here + 0.25 * before;
    line[to++] = 0.75 * here + 0.25 * next;
    before = here;
    here = next;
  }
}

const value = (grid: Float32Array, near: number, far: number, column: number): number =>
  0.75 * grid[near + column]! + 0.25 * grid[far + column]!;
