/** Pure. A picture's luma downsampled to a coarse grid of cells, and the box blur, box mean and quantile on such grids. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import { scratch } from './scratch.ts';

/** Row by row over the whole picture. */
export interface Cells {
  readonly width: number;
  readonly height: number;
  readonly light: Float32Array;
}

/** Cells across a picture: a body at the far end of a room still has some dozens of them, and their mean averages the noise away. */
const across = 160;

/**
 * Mean light (0 to 255) of each cell. Cells are square; what does not fill a last cell is left out.
 * @param picture the Y plane and its size in pixels
 */
export function lightInCells(picture: {
  readonly width: number;
  readonly height: number;
  readonly y: Uint8Array;
}): Cells {
  const side = Math.max(1, Math.round(picture.width / across));
  const width = Math.floor(picture.width / side);
  const height = Math.floor(picture.height / side);
  const light = new Float32Array(width * height);
  const share = 1 / (side * side);
  const { y } = picture;
  for (let row = 0, to = 0; row < height; row++) {
    for (let line = 0; line < side; line++) {
      let from = (row * side + line) * picture.width;
      for (let column = 0; column < width; column++) {
        let sum = 0;
        for (let end = from + side; from < end; from++) sum += y[from]!;
        light[to + column]! += sum * share;
      }
    }
    to += width;
  }
  return { width, height, light };
}

const [rowsOf, sumsOf] = [scratch(), scratch()];

/**
 * Box blur over (2 × reach + 1)² cells; at the edges the window is cut off.
 * @param out takes the result, and is another one than `values`
 */
export function boxBlurred(
  width: number,
  height: number,
  values: Float32Array,
  reach: number,
  out: Float32Array = new Float32Array(values.length),
): Float32Array {
  const rows = rowsOf(values.length);
  for (let start = 0; start < values.length; start += width) {
    let sum = 0;
    for (let x = 0; x < Math.min(reach, width); x++) sum += values[start + x]!;
    for (let x = 0; x < width; x++) {
      if (x + reach < width) sum += values[start + x + reach]!;
      if (x > reach) sum -= values[start + x - reach - 1]!;
      rows[start + x] = sum / (Math.min(width - 1, x + reach) - Math.max(0, x - reach) + 1);
    }
  }
  // The columns' running sums take whole rows in and out, in the order in which they lie in memory.
  const sums = sumsOf(width).fill(0);
  for (let y = 0; y < Math.min(reach, height); y++) for (let x = 0; x < width; x++) sums[x]! += rows[y * width + x]!;
  for (let y = 0; y < height; y++) {
    const [enters, leaves] = [(y + reach) * width, (y - reach - 1) * width];
    if (y + reach < height) for (let x = 0; x < width; x++) sums[x]! += rows[enters + x]!;
    if (y > reach) for (let x = 0; x < width; x++) sums[x]! -= rows[leaves + x]!;
    const share = 1 / (Math.min(height - 1, y + reach) - Math.max(0, y - reach) + 1);
    for (let x = 0; x < width; x++) out[y * width + x] = sums[x]! * share;
  }
  return out;
}

/** The cells that a box touches, as [left, top, right, bottom), inside the grid. */
export function cellsOf(box: Box, width: number, height: number): readonly [number, number, number, number] {
  const inside = (value: number, most: number) => Math.max(0, Math.min(most, value));
  return [
    inside(Math.floor(box.x * width), width),
    inside(Math.floor(box.y * height), height),
    inside(Math.ceil((box.x + box.width) * width), width),
    inside(Math.ceil((box.y + box.height) * height), height),
  ];
}

/** Mean of the grid's values (0 to 255 → 0 to 1) inside a box; 0 where the box lies outside the picture. */
export function meanIn(box: Box, width: number, height: number, values: Uint8Array): number {
  const [left, top, right, bottom] = cellsOf(box, width, height);
  let sum = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += values[y * width + x]!;
  const many = (right - left) * (bottom - top);
  return many > 0 ? sum / (255 * many) : 0;
}

/** Share of the cells inside a box for which `such` holds, 0 to 1; 0 where the box lies outside the picture. */
export function shareIn(box: Box, width: number, height: number, such: (cell: number) => boolean): number {
  const [left, top, right, bottom] = cellsOf(box, width, height);
  let many = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) if (such(y * width + x)) many++;
  const all = (right - left) * (bottom - top);
  return all > 0 ? many / all : 0;
}

/** The value that the given share of the numbers lies below. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** The same box with a margin of so many times its size on each side. */
export const widened = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by * width,
  y: y - by * height,
  width: width * (1 + 2 * by),
  height: height * (1 + 2 * by),
});
