/** Pure. Cleans a mask by its connected components: drops small ones beside the body, fills small holes in it. */
import { type Cells, gridSize, gridWidth } from './canvas.ts';
import { edge } from './field.ts';

/** Shares of the largest component: a smaller component is dropped, a smaller hole is filled; an arm on a hip leaves a larger one. */
const [crumb, pinhole] = [0.08, 0.05];

export type CleanMask = (values: Float32Array, cells: Cells) => void;

/** The cleaner works in place, on the given cells. */
export function maskCleaner(): CleanMask {
  const group = new Int32Array(gridSize);
  const done = new Uint8Array(gridSize);
  return (values, cells) => {
    const [left, top, right, bottom] = cells;
    for (let row = top; row < bottom; row++) done.fill(0, row * gridWidth + left, row * gridWidth + right);
    const inside: Int32Array[] = [];
    const outside: { readonly cells: Int32Array; readonly open: boolean }[] = [];
    for (let row = top; row < bottom; row++)
      for (let seed = row * gridWidth + left, end = row * gridWidth + right; seed < end; seed++) {
        if (done[seed]) continue;
        const full = values[seed]! > edge;
        const { many, open } = floodFill(values, cells, seed, group, done);
        if (full) inside.push(group.slice(0, many));
        else outside.push({ cells: group.slice(0, many), open });
      }
    const largest = Math.max(0, ...inside.map(({ length }) => length));
    for (const piece of inside) if (piece.length < crumb * largest) for (const cell of piece) values[cell] = 0;
    for (const hole of outside)
      if (!hole.open && hole.cells.length < pinhole * largest) for (const cell of hole.cells) values[cell] = 1;
  };
}

/** The component of the seed, on its side of the outline. @returns `open`: it reaches the border of the cells */
function floodFill(
  values: Float32Array,
  [left, top, right, bottom]: Cells,
  seed: number,
  group: Int32Array,
  done: Uint8Array,
): { readonly many: number; readonly open: boolean } {
  const full = values[seed]! > edge;
  let [many, open] = [1, false];
  group[0] = seed;
  done[seed] = 1;
  for (let next = 0; next < many; next++) {
    const cell = group[next]!;
    const [x, y] = [cell % gridWidth, Math.floor(cell / gridWidth)];
    if (x === left || x === right - 1 || y === top || y === bottom - 1) open = true;
    for (const [near, within] of [
      [cell - 1, x > left],
      [cell + 1, x < right - 1],
      [cell - gridWidth, y > top],
      [cell + gridWidth, y < bottom - 1],
    ] as const) {
      if (!within || done[near] || values[near]! > edge !== full) continue;
      done[near] = 1;
      group[many++] = near;
    }
  }
  return { many, open };
}
