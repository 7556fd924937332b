/** Pure. Converts a decoded picture to RGBA: ITU-R BT.601, limited range, as the unit codes it. */
import { blueOfU, greenOfU, greenOfV, lightGain, redOfV } from '@nattfrid/shared/domain/bt601';

/**
 * @param i420 planar 4:2:0 of `width` × `coded` pixels, of which the first `height` rows are the picture and the rest fills the last
 * row of macroblocks
 * @returns RGBA, row by row, alpha 255
 */
export function rgbaOf(i420: Uint8Array, width: number, coded: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(width * height * 4);
  const half = width >> 1;
  const [blues, reds] = [width * coded, width * coded + half * (coded >> 1)];
  for (let row = 0, at = 0, to = 0; row < height; row++) {
    const colours = (row >> 1) * half;
    for (let column = 0; column < width; column++, at++, to += 4) {
      const colour = colours + (column >> 1);
      const light = lightGain * (i420[at]! - 16);
      const [blue, red] = [i420[blues + colour]! - 128, i420[reds + colour]! - 128];
      rgba[to] = light + redOfV * red;
      rgba[to + 1] = light + greenOfU * blue + greenOfV * red;
      rgba[to + 2] = light + blueOfU * blue;
      rgba[to + 3] = 255;
    }
  }
  return rgba;
}
