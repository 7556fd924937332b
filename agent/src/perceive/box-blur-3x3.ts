/**
 * Pure. A noisy picture, each pixel the mean of the 3 × 3 around it. NanoDet sees the whole picture smaller than it is, by picking
 * points out of it: without this the noise of the points is all there is to see, with it that of nine.
 */
import type { Pixels } from '../decode/frame.ts';

export function boxBlur3x3(pixels: Pixels): Pixels {
  const { width, height, y } = pixels;
  const out = y.slice();
  for (let row = 1; row < height - 1; row++) {
    const first = row * width;
    // Three columns of three, of which one is new at each step.
    let [left, middle] = [threeDown(y, first, width), threeDown(y, first + 1, width)];
    for (let at = first + 1; at < first + width - 1; at++) {
      const right = threeDown(y, at + 1, width);
      out[at] = (left + middle + right) / 9 + 0.5;
      [left, middle] = [middle, right];
    }
  }
  return { ...pixels, y: out };
}

const threeDown = (y: Uint8Array, at: number, width: number): number => y[at - width]! + y[at]! + y[at + width]!;
