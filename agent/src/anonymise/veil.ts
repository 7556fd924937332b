/** Pure. The modes blur and blocks: a near-Gaussian blur (three box blurs) or pixelation of the whole picture. */
import { boxBlur } from './box-blur.ts';
import { type Canvas, canvasHeight, canvasWidth, gridHeight, gridWidth } from './canvas.ts';
import { taps } from './taps.ts';

/** 20 × 12 blocks: each a twentieth of the width. */
const [blockWidth, blockHeight] = [32, 30];

/** Each block becomes its mean, in light and in colour. */
export function drawBlocks({ y, u, v }: Canvas): void {
  flatten(y, canvasWidth, canvasHeight, blockWidth, blockHeight);
  flatten(u, gridWidth, gridHeight, blockWidth / 2, blockHeight / 2);
  flatten(v, gridWidth, gridHeight, blockWidth / 2, blockHeight / 2);
}

function flatten(plane: Uint8Array, width: number, height: number, wide: number, high: number): void {
  for (let top = 0; top < height; top += high)
    for (let left = 0; left < width; left += wide) {
      let sum = 0;
      for (let row = top; row < top + high; row++)
        for (let at = row * width + left, end = at + wide; at < end; at++) sum += plane[at]!;
      const mean = Math.round(sum / (wide * high));
      for (let row = top; row < top + high; row++) plane.fill(mean, row * width + left, row * width + left + wide);
    }
}

export interface Blur {
  /** As strong as a Gaussian of about 18 pixels: no detail smaller than a fifteenth of the width is left. */
  draw(canvas: Canvas): void;
}

export function blur(): Blur {
  const small = new Float32Array((canvasWidth / 4) * (canvasHeight / 4));
  const lane = new Float32Array(canvasWidth);
  return {
    draw({ y, u, v }) {
      soften(y, canvasWidth, canvasHeight, 4, small, lane);
      soften(u, gridWidth, gridHeight, 3, small, lane);
      soften(v, gridWidth, gridHeight, 3, small, lane);
    },
  };
}

/** Down to a quarter, three box blurs, up again. */
function soften(
  plane: Uint8Array,
  width: number,
  height: number,
  reach: number,
  small: Float32Array,
  lane: Float32Array,
) {
  const [w, h] = [width / 4, Math.floor(height / 4)];
  for (let row = 0; row < h; row++)
    for (let column = 0; column < w; column++) {
      let sum = 0;
      for (let line = 0; line < 4; line++) {
        const at = (row * 4 + line) * width + column * 4;
        sum += plane[at]! + plane[at + 1]! + plane[at + 2]! + plane[at + 3]!;
      }
      small[row * w + column] = sum / 16;
    }
  for (let turn = 0; turn < 3; turn++) boxBlur(small, w, [0, 0, w, h], reach, lane);
  const across = taps(width, w);
  const down = taps(height, h);
  for (let row = 0; row < height; row++) {
    const top = down.first[row]! * w;
    const low = down.second[row]! * w;
    const share = down.share[row]! / 256;
    for (let column = 0; column < w; column++)
      lane[column] = small[top + column]! * (1 - share) + small[low + column]! * share;
    for (let column = 0, at = row * width; column < width; column++, at++) {
      const side = across.share[column]!;
      plane[at] = (lane[across.first[column]!]! * (256 - side) + lane[across.second[column]!]! * side) / 256 + 0.5;
    }
  }
}
