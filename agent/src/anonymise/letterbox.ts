/** Pure. Scales the camera's picture onto the canvas, letterboxed. Its pixels are still raw, so it stays inside this folder. */
import type { Pixels } from '../decode/frame.ts';
import { type Canvas, canvasWidth, gridSize, gridWidth, type Placed, placed } from './canvas.ts';
import { taps } from './taps.ts';

export interface Letterbox {
  readonly at: Placed;
  /** Mean luma of each cell of the grid, 0 outside the camera's picture. Overwritten by the next call. */
  light(frame: Pixels): Uint8Array;
  /** The whole picture, scaled, with black bars. */
  draw(frame: Pixels, canvas: Canvas): void;
}

/** @param width of the camera's picture, as `height`; another size needs another letterbox */
export function letterbox(width: number, height: number): Letterbox {
  const at = placed(width, height);
  const light = new Uint8Array(gridSize);
  const columns = ranges(at.width / 2, width);
  const rows = ranges(at.height / 2, height);
  const sums = new Uint32Array(at.width / 2);
  return {
    at,
    light({ y }) {
      for (let row = 0; row < rows.length - 1; row++) {
        const [from, to] = [rows[row]!, Math.max(rows[row]! + 1, rows[row + 1]!)];
        sums.fill(0);
        for (let line = from; line < to; line++) addLine(y, line * width, columns, sums);
        const start = (at.y / 2 + row) * gridWidth + at.x / 2;
        for (let column = 0; column < sums.length; column++) {
          const wide = Math.max(1, columns[column + 1]! - columns[column]!);
          light[start + column] = sums[column]! / (wide * (to - from));
        }
      }
      return light;
    },
    draw(frame, canvas) {
      canvas.y.fill(16);
      canvas.u.fill(128);
      canvas.v.fill(128);
      scale(frame.y, width, height, canvas.y, canvasWidth, at);
      const half: Placed = { x: at.x / 2, y: at.y / 2, width: at.width / 2, height: at.height / 2 };
      const [w, h] = [(width + 1) >> 1, (height + 1) >> 1];
      scale(frame.u, w, h, canvas.u, gridWidth, half);
      scale(frame.v, w, h, canvas.v, gridWidth, half);
    },
  };
}

/** Where each of `many` equal parts of a length begins, and at the end where the last one ends. */
const ranges = (many: number, length: number): Int32Array =>
  Int32Array.from({ length: many + 1 }, (_, part) => Math.min(length, Math.floor((part * length) / many)));

function addLine(y: Uint8Array, start: number, columns: Int32Array, sums: Uint32Array): void {
  for (let column = 0; column < sums.length; column++) {
    const from = columns[column]!;
    const to = Math.max(from + 1, columns[column + 1]!);
    let sum = 0;
    for (let x = from; x < to; x++) sum += y[start + x]!;
    sums[column]! += sum;
  }
}

/** Bilinear; a plain copy where the sizes are the same. */
function scale(from: Uint8Array, width: number, height: number, to: Uint8Array, stride: number, at: Placed): void {
  if (at.width === width && at.height === height) {
    for (let row = 0; row < height; row++)
      to.set(from.subarray(row * width, (row + 1) * width), (at.y + row) * stride + at.x);
    return;
  }
  const across = taps(at.width, width);
  const down = taps(at.height, height);
  for (let row = 0; row < at.height; row++) {
    const top = down.first[row]! * width;
    const low = down.second[row]! * width;
    const share = down.share[row]!;
    const start = (at.y + row) * stride + at.x;
    for (let column = 0; column < at.width; column++) {
      const a = across.first[column]!;
      const b = across.second[column]!;
      const side = across.share[column]!;
      const upper = from[top + a]! * (256 - side) + from[top + b]! * side;
      const lower = from[low + a]! * (256 - side) + from[low + b]! * side;
      to[start + column] = (upper * (256 - share) + lower * share + 32768) >> 16;
    }
  }
}
