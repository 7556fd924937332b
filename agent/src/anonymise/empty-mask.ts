/** Pure. Mask of the empty room in one picture: no person, no dilated foreground, and how well the background is learnt. */
import type { Person } from '@nattfrid/shared/domain/observation';
import type { Change } from '../perceive/seen.ts';
import { cellsAround, gridHeight, gridSize, gridWidth, onGrid, type Placed } from './canvas.ts';
import type { EmptyMask } from './sketch.ts';

/** Foreground up to which a cell counts as empty, of 255; far below what counts as certainly different. */
const asRemembered = 50;
/** `known` from which the background is learnt well, of 255. */
const rememberedLong = 200;

/** @param at where the camera's picture lies on the canvas */
export function emptyMask(at: Placed): (change: Change, persons: readonly Person[]) => EmptyMask {
  const empty = new Uint8Array(gridSize);
  let table = { width: 0, height: 0, cells: new Int32Array() as Int32Array };
  let spread = new Uint8Array(0);
  return (change, persons) => {
    if (table.width !== change.width || table.height !== change.height) {
      table = { width: change.width, height: change.height, cells: cellTable(at, change) };
      spread = new Uint8Array(change.width * change.height);
    }
    spreadChange(change, spread);
    for (let cell = 0; cell < gridSize; cell++) {
      const from = table.cells[cell]!;
      empty[cell] = from < 0 || spread[from]! > asRemembered ? 0 : change.known[from]! >= rememberedLong ? 2 : 1;
    }
    for (const { box } of persons) {
      const here = onGrid(box, at);
      const [left, top, right, bottom] = cellsAround(here, 4 + 0.12 * Math.max(here.width, here.height));
      for (let row = top; row < bottom; row++)
        empty.fill(0, row * gridWidth + left, row * gridWidth + Math.max(left, right));
    }
    return empty;
  };
}

/** For each cell of the canvas's grid the foreground cell that lies there; -1 outside the camera's picture. */
function cellTable(at: Placed, { width, height }: Change): Int32Array {
  const cells = new Int32Array(gridSize).fill(-1);
  for (let row = at.y / 2; row < Math.min(gridHeight, (at.y + at.height) / 2); row++)
    for (let column = at.x / 2; column < Math.min(gridWidth, (at.x + at.width) / 2); column++) {
      const x = Math.floor(((column + 0.5 - at.x / 2) / (at.width / 2)) * width);
      const y = Math.floor(((row + 0.5 - at.y / 2) / (at.height / 2)) * height);
      cells[row * gridWidth + column] = Math.min(height - 1, y) * width + Math.min(width - 1, x);
    }
  return cells;
}

/** Grey dilation by two cells. */
function spreadChange({ width, height, changed }: Change, spread: Uint8Array): void {
  const rows = new Uint8Array(changed.length);
  for (let at = 0; at < changed.length; at++) {
    const x = at % width;
    let most = 0;
    for (let near = Math.max(0, x - 2); near <= Math.min(width - 1, x + 2); near++)
      most = Math.max(most, changed[at - x + near]!);
    rows[at] = most;
  }
  for (let at = 0; at < changed.length; at++) {
    const y = Math.floor(at / width);
    let most = 0;
    for (let near = Math.max(0, y - 2); near <= Math.min(height - 1, y + 2); near++)
      most = Math.max(most, rows[at + (near - y) * width]!);
    spread[at] = most;
  }
}
