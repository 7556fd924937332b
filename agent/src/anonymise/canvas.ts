/** Pure. The frame buffer that every picture is drawn on: 640 × 360, planar 4:2:0, and where the camera's picture lies on it. */
import type { Box } from '@nattfrid/shared/domain/geometry';

export const canvasWidth = 640;
export const canvasHeight = 360;
/** Half the canvas in both directions: the chroma grid, on which shapes and sketch are computed too. */
export const gridWidth = 320;
export const gridHeight = 180;
export const gridSize = gridWidth * gridHeight;

export interface Canvas {
  /** All three planes in one block, as they go to the encoder. */
  readonly i420: Uint8Array;
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

export function newCanvas(): Canvas {
  const i420 = new Uint8Array(canvasWidth * canvasHeight + 2 * gridSize);
  const u = canvasWidth * canvasHeight;
  return { i420, y: i420.subarray(0, u), u: i420.subarray(u, u + gridSize), v: i420.subarray(u + gridSize) };
}

/** Where the camera's picture lies, in pixels of the canvas: letterboxed, so that a 4:3 picture has bars at its sides. All even. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function placed(width: number, height: number): Placed {
  const scale = Math.min(canvasWidth / width, canvasHeight / height);
  const even = (length: number, most: number) => Math.min(most, Math.round((length * scale) / 2) * 2);
  const [w, h] = [even(width, canvasWidth), even(height, canvasHeight)];
  return { x: Math.floor((canvasWidth - w) / 4) * 2, y: Math.floor((canvasHeight - h) / 4) * 2, width: w, height: h };
}

/** A box of picture space in cells of the grid, fractional. */
export const onGrid = ({ x, y, width, height }: Box, at: Placed): Box => ({
  x: (at.x + x * at.width) / 2,
  y: (at.y + y * at.height) / 2,
  width: (width * at.width) / 2,
  height: (height * at.height) / 2,
});

/** Whole cells inside the grid that a box (in cells) reaches, with a margin of so many cells: [left, top, right, bottom). */
export type Cells = readonly [left: number, top: number, right: number, bottom: number];
export const cellsAround = (box: Box, margin: number): Cells => [
  Math.max(0, Math.floor(box.x - margin)),
  Math.max(0, Math.floor(box.y - margin)),
  Math.min(gridWidth, Math.ceil(box.x + box.width + margin)),
  Math.min(gridHeight, Math.ceil(box.y + box.height + margin)),
];

/** Relative luminance, 0 to 1, of a grey of this Y (limited range), for contrast ratios (WCAG 2.2). */
export const luminance: Float32Array = Float32Array.from({ length: 256 }, (_, y) => {
  const share = Math.min(1, Math.max(0, (y - 16) / 219));
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});
