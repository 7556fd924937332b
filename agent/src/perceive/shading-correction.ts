/** Pure. Shading correction (flat field) of an infrared picture, whose lamp lights the middle of a room and leaves its edges dark. */
import type { Pixels } from '../decode/frame.ts';
import { boxBlurred, lightInCells } from './cells.ts';

/** Mean distance of the chroma from neutral, over both planes, under which a picture has no colour; compression leaves a little. */
const leastColour = 3;

/** Judged from each picture alone, so that a camera's switch to infrared counts at once. */
export function isColourless({ u, v }: Pixels): boolean {
  let [sum, many] = [0, 0];
  for (let at = 0; at < u.length; at += 11, many++) sum += Math.abs(u[at]! - 128) + Math.abs(v[at]! - 128);
  return sum < leastColour * many;
}

const black = 16;
const white = 235;
/** Upper bound of the gain: the dark corners hold noise only. */
const greatestGain = 2.2;
/** Least luma of the shading that a gain is computed from. */
const leastLight = 4;

/** @param share of the shading that is removed, 0 to 1 (an exponent) */
export function shadingCorrected(pixels: Pixels, share = 0.6): Pixels {
  const { width, height, y } = pixels;
  const cells = lightInCells(pixels);
  const lit = cells.light.map((value) => Math.max(0, value - black));
  // Far wider than a person, so that only the lamp's falloff is left.
  const reach = Math.round(cells.width / 5);
  const blurred = boxBlurred(cells.width, cells.height, lit, reach);
  const shading = boxBlurred(cells.width, cells.height, blurred, reach);
  const mean = shading.reduce((sum, value) => sum + value, 0) / Math.max(1, shading.length);
  const gains = shading.map((value) =>
    Math.min(greatestGain, Math.max(1 / greatestGain, (mean / Math.max(leastLight, value)) ** share)),
  );
  const side = Math.max(1, Math.floor(width / cells.width));
  const out = new Uint8Array(y.length);
  for (let row = 0, at = 0; row < height; row++) {
    const ofRow = Math.min(cells.height - 1, Math.floor(row / side)) * cells.width;
    for (let cell = 0; cell < cells.width; cell++) {
      const gain = gains[ofRow + cell]!;
      const end = row * width + (cell === cells.width - 1 ? width : (cell + 1) * side);
      for (; at < end; at++) {
        const light = black + gain * (y[at]! - black);
        out[at] = light < black ? black : light > white ? white : light;
      }
    }
  }
  return { ...pixels, y: out };
}
