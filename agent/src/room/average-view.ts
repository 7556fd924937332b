/** Pure. Running mean of the cells' luma over the last minute, people left out: the room as it looks now. Never on a disk. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import { type Cells, cellsOf, widened } from '../perceive/cells.ts';

export interface AverageView {
  readonly width: number;
  readonly height: number;
  readonly light: Float32Array;
  /** Pictures in which each cell was seen without a person in front, up to `memory`. */
  readonly seen: Uint8Array;
}

/** Length of the running mean, in pictures. */
const memory = 20;
const enough = 8;
/** Grey values by which much of the picture must differ for another illumination, which starts the mean anew. */
const otherLight = 20;

export function stepAverageView(before: AverageView | undefined, cells: Cells, persons: readonly Box[]): AverageView {
  const { width, height } = cells;
  const begins = !before || before.width !== width || before.height !== height || jumped(before, cells);
  const light = begins ? cells.light.slice() : before.light.slice();
  const seen = begins ? new Uint8Array(light.length) : before.seen.slice();
  const hidden = new Uint8Array(light.length);
  for (const box of persons) {
    const [left, top, right, bottom] = cellsOf(widened(box, 0.15), width, height);
    for (let y = top; y < bottom; y++) hidden.fill(1, y * width + left, y * width + Math.max(left, right));
  }
  for (let cell = 0; cell < light.length; cell++) {
    if (hidden[cell]) continue;
    const many = Math.min(memory, seen[cell]! + 1);
    seen[cell] = many;
    light[cell] = light[cell]! + (cells.light[cell]! - light[cell]!) / many;
  }
  return { width, height, light, seen };
}

/** Whether enough cells have been seen for long enough to be compared. */
export function isReady({ seen }: AverageView): boolean {
  let many = 0;
  for (const one of seen) if (one >= enough) many++;
  return many > 0.7 * seen.length;
}

export const isSeen = ({ seen }: AverageView, cell: number): boolean => seen[cell]! >= enough;

function jumped({ light, seen }: AverageView, cells: Cells): boolean {
  let [far, all] = [0, 0];
  for (let cell = 0; cell < light.length; cell += 7) {
    if (seen[cell]! < 2) continue;
    all++;
    if (Math.abs(cells.light[cell]! - light[cell]!) > otherLight) far++;
  }
  return all > 0 && far > 0.4 * all;
}
