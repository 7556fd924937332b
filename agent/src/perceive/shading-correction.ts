/** Pure. Shading correction (flat field) of an infrared picture, whose lamp lights the middle of a room and leaves its edges dark. */
import type { Pixels } from '../decode/frame.ts';
import { boxBlurred, type Cells, lightInCells } from './cells.ts';
import { scratch, scratchPlane } from './scratch.ts';

/** Mean distance of the chroma from its own mean, over both planes, under which a picture has no colour; compression leaves a little. */
const leastColour = 3;
/** One in so many samples says as much as all of them. */
const sampled = 11;

/**
 * Judged from each picture alone, so that a camera's switch to infrared counts at once. One tint over all of it is no colour: some cameras
 * give infrared a constant one, and stretching the contrast makes more of it.
 */
export const isColourless = ({ u, v }: Pixels): boolean => spreadOf(u) + spreadOf(v) < leastColour;

function spreadOf(plane: Uint8Array): number {
  let [sum, many] = [0, 0];
  for (let at = 0; at < plane.length; at += sampled, many++) sum += plane[at]!;
  const mean = sum / many;
  let spread = 0;
  for (let at = 0; at < plane.length; at += sampled) spread += Math.abs(plane[at]! - mean);
  return spread / many;
}

const black = 16;
const white = 235;
/** Upper bound of the gain: the dark corners hold noise only. */
const greatestGain = 2.2;
/** Least luma of the shading that a gain is computed from. */
const leastLight = 4;

const [litOf, blurredOf, shadingOf, outOf] = [scratch(), scratch(), scratch(), scratchPlane()];

/** @param share of the shading that is removed, 0 to 1 (an exponent). @returns valid until the next one */
export function shadingCorrected(pixels: Pixels, share = 0.6): Pixels {
  const { width, height, y, u, v } = pixels;
  const cells = lightInCells(pixels);
  const gains = gainsOf(cells, share);
  const side = Math.max(1, Math.floor(width / cells.width));
  const out = outOf(y.length);
  for (let row = 0; row < height; row++) {
    const ofRow = Math.min(cells.height - 1, Math.floor(row / side)) * cells.width;
    for (let cell = 0; cell < cells.width; cell++) {
      const from = row * width + cell * side;
      brighten(y, out, from, cell === cells.width - 1 ? (row + 1) * width : from + side, gains[ofRow + cell]!);
    }
  }
  return { width, height, y: out, u, v };
}

function gainsOf({ width, height, light }: Cells, share: number): Float32Array {
  const lit = litOf(light.length);
  for (let cell = 0; cell < lit.length; cell++) lit[cell] = light[cell]! > black ? light[cell]! - black : 0;
  // Far wider than a person, so that only the lamp's falloff is left.
  const reach = Math.round(width / 5);
  const shading = boxBlurred(
    width,
    height,
    boxBlurred(width, height, lit, reach, blurredOf(lit.length)),
    reach,
    shadingOf(lit.length),
  );
  let sum = 0;
  for (let cell = 0; cell < shading.length; cell++) sum += shading[cell]!;
  const mean = sum / Math.max(1, shading.length);
  // A power for each cell of each picture would cost more than all the rest.
  const table = gainTable(mean, share);
  for (let cell = 0; cell < shading.length; cell++) shading[cell] = table[(shading[cell]! * perLevel) | 0]!;
  return shading;
}

/** Entries for each grey value. */
const perLevel = 4;
const tableOf = scratch();

/** Gain by the shading, which is a luma above black. */
function gainTable(mean: number, share: number): Float32Array {
  const table = tableOf((255 - black) * perLevel + 1);
  for (let at = 0; at < table.length; at++) {
    const gain = (mean / Math.max(leastLight, at / perLevel)) ** share;
    table[at] = Math.min(greatestGain, Math.max(1 / greatestGain, gain));
  }
  return table;
}

function brighten(y: Uint8Array, out: Uint8Array, from: number, end: number, gain: number): void {
  for (let at = from; at < end; at++) {
    const light = black + gain * (y[at]! - black);
    out[at] = light < black ? black : light > white ? white : light;
  }
}
