/** Pure. Fills a model's input tensor from a crop: affine resampling, YUV to RGB, normalisation. */
import { blueOfU, greenOfU, greenOfV, lightGain, redOfV } from '@nattfrid/shared/domain/bt601';
import type { Pixels } from '../decode/frame.ts';
import { type Crop, toFrame } from './crop.ts';
import type { ModelEntry } from './manifest.ts';

/** Layout and normalisation of one model's input, made once from the manifest. */
export interface TensorFormat {
  readonly size: number;
  /** Numbers in all: size × size × 3. */
  readonly length: number;
  /** Stride from one pixel to the next, and the offsets of a pixel's red, green and blue. */
  readonly step: number;
  readonly offsets: readonly [red: number, green: number, blue: number];
  /** number = colour × gain + bias, for a colour of 0 to 255. */
  readonly gains: readonly [red: number, green: number, blue: number];
  readonly biases: readonly [red: number, green: number, blue: number];
}

/** @param shape one of those that the input may have. @throws where it is not square; every input of the manifest is */
export function tensorFormat(input: ModelEntry['input'], shape: readonly number[] = input.shape): TensorFormat {
  const { axes, colours, mean, deviation } = input;
  const planar = axes === 'batch, colour, row, column';
  const [size, other] = planar ? shape.slice(2) : shape.slice(1, 3);
  if (size === undefined || size !== other) throw new Error('only square inputs are known');
  const channels = colours === 'RGB' ? ([0, 1, 2] as const) : ([2, 1, 0] as const);
  const each = (number: (channel: 0 | 1 | 2) => number) =>
    [number(channels[0]), number(channels[1]), number(channels[2])] as const;
  return {
    size,
    length: size * size * 3,
    step: planar ? 1 : 3,
    offsets: each((channel) => (planar ? channel * size * size : channel)),
    gains: each((channel) => 1 / deviation[channel]),
    biases: each((channel) => -mean[channel] / deviation[channel]),
  };
}

/**
 * Luma is interpolated bilinearly, chroma taken from the nearest sample: the models go by luma, and this runs many times a second.
 * Outside the picture the input is black.
 * @param out `format.length` numbers; all are written.
 */
export function fillTensor(pixels: Pixels, crop: Crop, format: TensorFormat, out: Float32Array): void {
  const { size } = format;
  // One step along a row or down a column of the crop, in pixels of the frame, from pixel centre to pixel centre.
  const alongX = (Math.cos(crop.turn) * crop.side) / size;
  const alongY = (Math.sin(crop.turn) * crop.side) / size;
  const [startX, startY] = toFrame(crop, 0.5 / size, 0.5 / size);
  const step: Step = { alongX, alongY };
  for (let row = 0; row < size; row++)
    fillRow(pixels, format, out, row, startX - 0.5 - row * alongY, startY - 0.5 + row * alongX, step);
}

interface Step {
  readonly alongX: number;
  readonly alongY: number;
}

/** A row in a function of its own, which is compiled soon; the loops of a long one run uncompiled, and leave each number as garbage. */
function fillRow(
  { width, height, y: luma, u: planeU, v: planeV }: Pixels,
  { size, step, offsets, gains, biases }: TensorFormat,
  out: Float32Array,
  row: number,
  rowX: number,
  rowY: number,
  { alongX, alongY }: Step,
): void {
  const [offsetR, offsetG, offsetB] = offsets;
  const [gainR, gainG, gainB] = gains;
  const [biasR, biasG, biasB] = biases;
  const colourWidth = (width + 1) >> 1;
  const right = width - 1;
  const bottom = height - 1;
  for (let column = 0, at = row * size * step; column < size; column++, at += step) {
    const seekX = rowX + column * alongX;
    const seekY = rowY + column * alongY;
    if (seekX <= -0.5 || seekY <= -0.5 || seekX >= right + 0.5 || seekY >= bottom + 0.5) {
      out[at + offsetR] = biasR;
      out[at + offsetG] = biasG;
      out[at + offsetB] = biasB;
      continue;
    }
    const x = seekX < 0 ? 0 : seekX > right ? right : seekX;
    const y = seekY < 0 ? 0 : seekY > bottom ? bottom : seekY;
    const x0 = x | 0;
    const y0 = y | 0;
    const shareX = x - x0;
    const here = y0 * width + x0;
    const next = x0 < right ? here + 1 : here;
    const down = y0 < bottom ? width : 0;
    const upper = luma[here]! + shareX * (luma[next]! - luma[here]!);
    const lower = luma[here + down]! + shareX * (luma[next + down]! - luma[here + down]!);
    const light = lightGain * (upper + (y - y0) * (lower - upper) - 16);
    const colour = (y0 >> 1) * colourWidth + (x0 >> 1);
    const u = planeU[colour]! - 128;
    const v = planeV[colour]! - 128;
    out[at + offsetR] = clamped(light + redOfV * v) * gainR + biasR;
    out[at + offsetG] = clamped(light + greenOfU * u + greenOfV * v) * gainG + biasG;
    out[at + offsetB] = clamped(light + blueOfU * u) * gainB + biasB;
  }
}

const clamped = (colour: number): number => (colour < 0 ? 0 : colour > 255 ? 255 : colour);
