/** Pure. What the models are given to see: a dark or flat picture with its contrast brought out, and nothing of what the room forbids. */
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import { contains } from '@nattfrid/shared/domain/geometry';
import type { Pixels } from '../decode/frame.ts';

/** Light that the darkest and the brightest hundredth of a picture have; BT.601 limited range. */
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

/** The same picture, or a stretched copy where less than most of the range is used. Colours are stretched with the light, twice at most. */
export function contrastStretched(pixels: Pixels, { dark, bright }: LightRange): Pixels {
  const used = bright - dark;
  if (used > 130 || used < 4) return pixels;
  const gain = Math.min(greatestGain, (wanted.bright - wanted.dark) / used);
  const light = lookUpTable((value) => wanted.dark + gain * (value - dark));
  const colour = lookUpTable((value) => 128 + Math.min(2, gain) * (value - 128));
  const { width, height } = pixels;
  const planes = once(() => ({
    y: mapped(pixels.y, light),
    u: mapped(pixels.u, colour),
    v: mapped(pixels.v, colour),
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

/** Made when it is first asked for: most pictures of a quiet room are shown to no model. */
function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

const lookUpTable = (change: (value: number) => number): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, value) => Math.min(255, Math.max(0, Math.round(change(value)))));

function mapped(values: Uint8Array, table: Uint8Array): Uint8Array {
  const out = new Uint8Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = table[values[i]!]!;
  return out;
}

/** The same picture, or a copy that is plain grey inside each polygon. */
export function maskedOut(pixels: Pixels, masks: readonly Polygon[]): Pixels {
  if (masks.length === 0) return pixels;
  const { width, height } = pixels;
  const halfWidth = (width + 1) >> 1;
  const [y, u, v] = [pixels.y.slice(), pixels.u.slice(), pixels.v.slice()];
  for (const mask of masks) {
    const [xs, ys] = [mask.map((point) => point[0] * width), mask.map((point) => point[1] * height)];
    for (let row = Math.floor(Math.min(...ys)); row < Math.min(height, Math.max(...ys)); row++)
      for (let column = Math.floor(Math.min(...xs)); column < Math.min(width, Math.max(...xs)); column++) {
        if (!contains(mask, (column + 0.5) / width, (row + 0.5) / height)) continue;
        y[row * width + column] = 126;
        const half = (row >> 1) * halfWidth + (column >> 1);
        u[half] = 128;
        v[half] = 128;
      }
  }
  return { width, height, y, u, v };
}
