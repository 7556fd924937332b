/**
 * Pure. A still person is photographed by time: where nothing moves, the last pictures are averaged and the noise of a dark room
 * falls away; what moves is only smoothed a little. Clean pictures go through as they are.
 */
import type { Pixels } from '../decode/frame.ts';
import type { Cells } from './cells.ts';
import { boxBlurred } from './cells.ts';

export interface Denoising {
  readonly width: number;
  readonly height: number;
  /** Mean light of each pixel since its cell last stirred, and for how many pictures that is. The pixels are the next step's to write over. */
  readonly mean: Float32Array;
  readonly pictures: Uint8Array;
  /** The mean as it was shown; written over by the next step. */
  readonly shown: Uint8Array;
  /** Mean light of each cell over the same pictures. */
  readonly cells: Float32Array;
  /** Typical difference of a cell between two pictures, smoothed over time. */
  readonly noise: number;
}

/** Noise (see Noticed) from which pictures are averaged, and under which they are left alone again. */
const noisy = 0.7;
/** A second or two: long enough to take three quarters of the noise away, short enough for one who turns over slowly. */
const mostPictures = 16;
/** Averaged over fewer pictures, a pixel is smoothed with its neighbours too. */
const fewPictures = 3;

/**
 * Takes the memory before over, as frames are taken over: its pixels are written over, since a megabyte of new ones for each
 * picture costs a small computer more than the averaging.
 * @param noise of this picture. @returns what the models should see, until the next step; the picture itself where it is clean.
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

/** For each cell the number of pictures that its mean is now of; 1 where it differs from its own mean by more than noise. */
function counted(old: Denoising, { width, height, light }: Cells, noise: number): Uint8Array {
  const difference = light.map((value, at) => value - old.cells[at]!);
  const off = boxBlurred(width, height, difference, 1);
  const counts = old.pictures.map((many) => Math.min(mostPictures, many + 1));
  // The rim of what moves is hardly darker or brighter than the room: a cell beside one that stirs stirs too.
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

/** The mean as a picture; smoothed over 3 × 3 pixels where it is of few pictures only. */
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
