/**
 * Pure. Box blur of the luma over 3 × 3 pixels, before a noisy picture is scaled down: NanoDet's input is sampled point by point, and
 * the mean of nine pixels has a third of one pixel's noise.
 */
import type { Pixels } from '../decode/frame.ts';
import { scratchPlane } from './scratch.ts';

/** @returns valid until the next one */
export function boxBlur3x3(pixels: Pixels): Pixels {
  const { width, height, u, v } = pixels;
  const { y } = pixels;
  const out = blurredOf(y.length);
  out.set(y);
  for (let row = 1; row < height - 1; row++) blurRow(y, out, row * width, width);
  return { width, height, y: out, u, v };
}

const blurredOf = scratchPlane();

/** Running sum over three columns, of which one is new at each step. */
function blurRow(y: Uint8Array, out: Uint8Array, first: number, width: number): void {
  let left = threeDown(y, first, width);
  let middle = threeDown(y, first + 1, width);
  for (let at = first + 1; at < first + width - 1; at++) {
    const right = threeDown(y, at + 1, width);
    out[at] = (left + middle + right) / 9 + 0.5;
    left = middle;
    middle = right;
  }
}

const threeDown = (y: Uint8Array, at: number, width: number): number => y[at - width]! + y[at]! + y[at + width]!;
