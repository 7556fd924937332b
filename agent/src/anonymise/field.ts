/** Pure. A person's mask as a smooth field over the grid, 0 outside and 1 inside: its outline is a level set. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Shape } from '../perceive/seen.ts';
import type { Stroke } from './body.ts';
import { boxBlur } from './box-blur.ts';
import { type Cells, cellsAround, gridSize, gridWidth, onGrid, type Placed } from './canvas.ts';

export interface Field {
  readonly values: Float32Array;
  /** The field is 0 outside of these cells. */
  readonly cells: Cells;
}

/** Level of the outline: a little under a half, so that blurring does not make a thin arm vanish. */
export const edge = 0.42;
/** Pixels of the canvas from 0 to 1 at a straight edge. */
export const rampPixels = 6;

/** Factor by which the ramp from outside to inside is steepened. */
const steep = 6;

const margin = 10;
const lane = new Float32Array(gridWidth + 32);

export const newField = (): Float32Array => new Float32Array(gridSize);

/** Mask and strokes rasterised into `values` (0 everywhere before) and blurred. @param clean cleans the mask before the blur */
export function fieldOf(
  values: Float32Array,
  box: Box,
  shape: Shape | undefined,
  strokes: readonly Stroke[],
  at: Placed,
  clean: (values: Float32Array, cells: Cells) => void,
): Field {
  const cells = cellsAround(reach(onGrid(box, at), shape && onGrid(shape.region, at), strokes), margin);
  if (shape) {
    layMask(values, shape, onGrid(shape.region, at), cells);
    decideCells(values, cells);
  }
  for (const stroke of strokes) layStroke(values, stroke);
  const [left, top, right, bottom] = cells;
  if (right > left && bottom > top) {
    clean(values, cells);
    boxBlur(values, gridWidth, cells, 1, lane);
    boxBlur(values, gridWidth, cells, 1, lane);
  }
  return { values, cells };
}

/** Sets the field to 0 again, for the next shape. */
export function wipe({ values, cells: [left, top, right, bottom] }: Field): void {
  for (let row = top; row < bottom; row++)
    values.fill(0, row * gridWidth + left, row * gridWidth + Math.max(left, right));
}

function reach(box: Box, region: Box | undefined, strokes: readonly Stroke[]): Box {
  let [left, top, right, bottom] = [box.x, box.y, box.x + box.width, box.y + box.height];
  if (region) {
    [left, top] = [Math.min(left, region.x), Math.min(top, region.y)];
    [right, bottom] = [Math.max(right, region.x + region.width), Math.max(bottom, region.y + region.height)];
  }
  for (const { x1, y1, x2, y2, radius } of strokes) {
    [left, top] = [Math.min(left, x1 - radius, x2 - radius), Math.min(top, y1 - radius, y2 - radius)];
    [right, bottom] = [Math.max(right, x1 + radius, x2 + radius), Math.max(bottom, y1 + radius, y2 + radius)];
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * Steepens the mask towards inside or outside: a wide doubtful area stays near the outline's level and would be drawn as a broad
 * ragged rim.
 */
function decideCells(values: Float32Array, cells: Cells): void {
  const [left, top, right, bottom] = cells;
  if (right <= left || bottom <= top) return;
  boxBlur(values, gridWidth, cells, 1, lane);
  for (let row = top; row < bottom; row++)
    for (let at = row * gridWidth + left, end = row * gridWidth + right; at < end; at++)
      values[at] = Math.min(1, Math.max(0, edge + (values[at]! - edge) * steep));
}

/** The mask, resampled bilinearly, its values from 0.25 to 0.75 stretched to 0 to 1. */
function layMask(values: Float32Array, { width, height, mask }: Shape, region: Box, [left, top, right, bottom]: Cells) {
  if (width < 1 || height < 1 || !(region.width > 0) || !(region.height > 0)) return;
  for (let row = top; row < bottom; row++) {
    const v = ((row + 0.5 - region.y) / region.height) * height - 0.5;
    if (v < -0.5 || v > height - 0.5) continue;
    const y0 = Math.max(0, Math.floor(v));
    const y1 = Math.min(height - 1, y0 + 1);
    const down = Math.max(0, v - y0);
    for (let column = left; column < right; column++) {
      const u = ((column + 0.5 - region.x) / region.width) * width - 0.5;
      if (u < -0.5 || u > width - 0.5) continue;
      const x0 = Math.max(0, Math.floor(u));
      const x1 = Math.min(width - 1, x0 + 1);
      const side = Math.max(0, u - x0);
      const upper = mask[y0 * width + x0]! * (1 - side) + mask[y0 * width + x1]! * side;
      const lower = mask[y1 * width + x0]! * (1 - side) + mask[y1 * width + x1]! * side;
      const share = (upper * (1 - down) + lower * down) / 255;
      values[row * gridWidth + column] = Math.min(1, Math.max(0, (share - 0.25) * 2));
    }
  }
}

/** Rasterises a capsule with an antialiased rim; the maximum with what is there. */
export function layStroke(values: Float32Array, { x1, y1, x2, y2, radius }: Stroke): void {
  const box = { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
  const [left, top, right, bottom] = cellsAround(box, radius + 1);
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) {
      const [px, py] = [column + 0.5 - x1, row + 0.5 - y1];
      const along = length > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0;
      const inside = radius - Math.hypot(px - along * dx, py - along * dy) + 0.5;
      const at = row * gridWidth + column;
      if (inside > values[at]!) values[at] = Math.min(1, inside);
    }
}
