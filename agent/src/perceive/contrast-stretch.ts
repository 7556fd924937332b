/** Pure. Contrast stretch of a dark or flat picture, between two percentiles of its luma histogram. */
import type { Pixels } from '../decode/frame.ts';
import { scratchPlane } from './scratch.ts';

/** Luma at the lower and the upper percentile; BT.601 limited range. */
export interface LightRange {
  readonly dark: number;
  readonly bright: number;
}

/** @param share of the pixels that are darker than `dark`, and brighter than `bright` */
export function lightRange({ y }: Pixels, share = 0.02): LightRange {
  const counts = new Uint32Array(256);
  let many = 0;
  for (let i = 0; i < y.length; i += 7, many++) counts[y[i]!]!++;
  const level = (below: number) => {
    let sum = 0;
    for (let value = 0; value < 256; value++) if ((sum += counts[value]!) > below) return value;
    return 255;
  };
  return { dark: level(share * many), bright: level((1 - share) * many) };
}

const wanted = { dark: 24, bright: 215 };
const greatestGain = 4;

/** The same picture, or a stretched copy where its range is narrow, valid until the next one. Chroma is stretched along, twice at most. */
export function contrastStretched(pixels: Pixels, { dark, bright }: LightRange): Pixels {
  const used = bright - dark;
  if (used > 130 || used < 4) return pixels;
  const gain = Math.min(greatestGain, (wanted.bright - wanted.dark) / used);
  const light = lookUpTable((value) => wanted.dark + gain * (value - dark));
  const colour = lookUpTable((value) => 128 + Math.min(2, gain) * (value - 128));
  const { width, height } = pixels;
  const planes = once(() => ({
    y: mapped(pixels.y, light, lightOf(pixels.y.length)),
    u: mapped(pixels.u, colour, blueOf(pixels.u.length)),
    v: mapped(pixels.v, colour, redOf(pixels.v.length)),
  }));
  return {
    width,
    height,
    get y() {
      return planes().y;
    },
    get u() {
      return planes().u;
    },
    get v() {
      return planes().v;
    },
  };
}

/** Lazy, because most pictures of a quiet room are given to no model. */
function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

const [lightOf, blueOf, redOf] = [scratchPlane(), scratchPlane(), scratchPlane()];

function lookUpTable(change: (value: number) => number): Uint8Array {
  const table = new Uint8Array(256);
  for (let value = 0; value < 256; value++) table[value] = Math.min(255, Math.max(0, Math.round(change(value))));
  return table;
}

function mapped(values: Uint8Array, table: Uint8Array, out: Uint8Array): Uint8Array {
  for (let i = 0; i < out.length; i++) out[i] = table[values[i]!]!;
  return out;
}
