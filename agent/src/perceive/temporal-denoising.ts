/**
 * Pure. Motion-adaptive temporal denoising of a dark room: still cells are averaged over the last pictures, moving ones are box
 * blurred over 3 × 3 pixels. Clean pictures pass unchanged.
 */
import type { Pixels } from '../decode/frame.ts';
import type { Cells } from './cells.ts';
import { boxBlurred } from './cells.ts';

export interface Denoising {
  readonly width: number;
  readonly height: number;
  /** Mean luma of each pixel since its cell last moved, and over how many pictures. The next step writes over both. */
  readonly mean: Float32Array;
  readonly pictures: Uint8Array;
  /** The denoised luma plane; the next step writes over it. */
  readonly shown: Uint8Array;
  /** Mean luma of each cell over the same pictures. */
  readonly cells: Float32Array;
  /** Noise (see `SceneChange`), exponentially smoothed. */
  readonly noise: number;
}

/** Noise (see `SceneChange`) from which pictures are averaged. */
const noisy = 0.7;
/** A second or two: long enough to remove three quarters of the noise, short enough for a person who turns over slowly. */
const mostPictures = 16;
/** A pixel that is averaged over fewer pictures is box blurred as well. */
const fewPictures = 3;

/**
 * Takes `before` over and writes over its pixels: a megabyte of new ones for each picture costs a small computer more than the
 * averaging itself.
 * @param noise of this picture. @returns the denoised picture, valid until the next step; the picture itself where it is clean
 */
export function stepDenoising(
  before: Denoising | undefined,
  pixels: Pixels,
  cells: Cells,
  noise: number,
): readonly [Denoising | undefined, Pixels] {
  const typical = before ? before.noise + 0.2 * (noise - before.noise) : noise;
  if (typical < noisy)
    return [before ? { ...before, noise: typical, pictures: before.pictures.map(() => 0) } : undefined, pixels];
  const fresh = !before || before.width !== pixels.width || before.height !== pixels.height;
  const old = fresh ? beginning(pixels, cells) : before;
  const pictures = counted(old, cells, typical);
  const { mean, shown } = old;
  average(mean, pixels, cells, pictures);
  show(shown, mean, pixels, cells, pictures);
  const light = old.cells.map((value, at) => value + (cells.light[at]! - value) / pictures[at]!);
  const after = { width: pixels.width, height: pixels.height, mean, shown, pictures, cells: light, noise: typical };
  return [after, { ...pixels, y: shown }];
}

const beginning = ({ width, height, y }: Pixels, { light }: Cells): Denoising => ({
  width,
  height,
  mean: new Float32Array(y),
  shown: new Uint8Array(y.length),
  pictures: new Uint8Array(light.length),
  cells: light.slice(),
  noise: 0,
});

/** Pictures in the mean of each cell, this one included; 1 where the cell differs from its mean by more than noise. */
function counted(old: Denoising, { width, height, light }: Cells, noise: number): Uint8Array {
  const difference = light.map((value, at) => value - old.cells[at]!);
  const off = boxBlurred(width, height, difference, 1);
  const counts = old.pictures.map((many) => Math.min(mostPictures, many + 1));
  // Neighbours of a moving cell count as moving: the rim of a body hardly differs from the room.
  for (let at = 0; at < off.length; at++) {
    if (Math.abs(off[at]!) <= 1.6 * noise) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
      counts.fill(1, v * width + Math.max(0, x - 1), v * width + Math.min(width, x + 2));
  }
  return counts;
}

function average(mean: Float32Array, { width, height, y }: Pixels, cells: Cells, pictures: Uint8Array): void {
  const side = Math.floor(width / cells.width);
  for (let row = 0; row < height; row++) {
    const ofRow = Math.min(cells.height - 1, Math.floor(row / side)) * cells.width;
    for (let from = row * width, column = 0; column < width; ) {
      const share = 1 / pictures[ofRow + Math.min(cells.width - 1, Math.floor(column / side))]!;
      const end = Math.min(width, (Math.floor(column / side) + 1) * side);
      for (; column < end; column++) mean[from + column]! += share * (y[from + column]! - mean[from + column]!);
    }
  }
}

/** The mean as a luma plane, box blurred over 3 × 3 pixels where it is of few pictures. */
function show(
  out: Uint8Array,
  mean: Float32Array,
  { width, height }: Pixels,
  cells: Cells,
  pictures: Uint8Array,
): void {
  const side = Math.floor(width / cells.width);
  for (let at = 0; at < out.length; at++) out[at] = mean[at]! + 0.5;
  for (let cell = 0; cell < pictures.length; cell++) {
    if (pictures[cell]! >= fewPictures) continue;
    const [left, top] = [(cell % cells.width) * side, Math.floor(cell / cells.width) * side];
    for (let row = Math.max(1, top); row < Math.min(height - 1, top + side); row++)
      for (let column = Math.max(1, left); column < Math.min(width - 1, left + side); column++)
        out[row * width + column] = around(mean, row * width + column, width) + 0.5;
  }
}

const around = (mean: Float32Array, at: number, width: number): number =>
  (mean[at - width - 1]! +
    mean[at - width]! +
    mean[at - width + 1]! +
    mean[at - 1]! +
    mean[at]! +
    mean[at + 1]! +
    mean[at + width - 1]! +
    mean[at + width]! +
    mean[at + width + 1]!) /
  9;
