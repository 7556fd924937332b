/** Pure. Conversion of I420 to RGB: ITU-R BT.601, limited range, as the encoder signals. */
import type { ClearedPicture } from '@nattfrid/agent/anonymise/cleared';
import { type Pixels, planesOf } from '@nattfrid/agent/decode/frame';
import { blueOfU, greenOfU, greenOfV, lightGain, redOfV } from '@nattfrid/shared/domain/bt601';

export interface Rgb {
  readonly width: number;
  readonly height: number;
  /** Row by row, three bytes per pixel. */
  readonly data: Uint8Array;
}

export function rgbOf({ width, height, y, u, v }: Pixels): Rgb {
  const data = new Uint8Array(width * height * 3);
  const half = (width + 1) >> 1;
  for (let row = 0, at = 0, to = 0; row < height; row++)
    for (let column = 0; column < width; column++, at++, to += 3) {
      const colour = (row >> 1) * half + (column >> 1);
      const [light, blue, red] = [lightGain * (y[at]! - 16), u[colour]! - 128, v[colour]! - 128];
      data[to] = clamped(light + redOfV * red);
      data[to + 1] = clamped(light + greenOfU * blue + greenOfV * red);
      data[to + 2] = clamped(light + blueOfU * blue);
    }
  return { width, height, data };
}

export function pixelsOf({ width, height, i420 }: ClearedPicture): Pixels {
  return { width, height, ...planesOf(i420, width * height) };
}

const clamped = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));
