/** What a model is given to see: colours, range, turn, and black where the picture ends. */
import { type Crop, wholePicture } from '@nattfrid/agent/perceive/crop';
import type { ModelEntry } from '@nattfrid/agent/perceive/manifest';
import { fillTensor, tensorFormat } from '@nattfrid/agent/perceive/tensor';
import { describe, expect, it } from 'vitest';

type Input = ModelEntry['input'];
const size = 16;
const last: Input = {
  name: 'picture',
  from: 'x',
  dtype: 'float32',
  shape: [1, size, size, 3],
  axes: 'batch, row, column, colour',
  colours: 'RGB',
  mean: [0, 0, 0],
  deviation: [255, 255, 255],
};
const first: Input = { ...last, shape: [1, 3, size, size], axes: 'batch, colour, row, column' };

/** A picture of one colour, with a patch of another grey where `bright` says so. */
function picture(
  width: number,
  height: number,
  [y, u, v]: readonly number[],
  bright?: (x: number, y: number) => boolean,
) {
  const luma = new Uint8Array(width * height).map((_, at) =>
    bright?.(at % width, Math.floor(at / width)) ? 235 : (y ?? 16),
  );
  const plane = ((width + 1) >> 1) * ((height + 1) >> 1);
  return { width, height, y: luma, u: new Uint8Array(plane).fill(u ?? 128), v: new Uint8Array(plane).fill(v ?? 128) };
}

function seen(input: Input, pixels: ReturnType<typeof picture>, crop: Crop) {
  const format = tensorFormat(input);
  const out = new Float32Array(format.length).fill(Number.NaN);
  fillTensor(pixels, crop, format, out);
  return out;
}

describe('the input of a model', () => {
  // Black, white and the primaries as BT.601 limited range writes them.
  for (const [name, yuv, rgb] of [
    ['black', [16, 128, 128], [0, 0, 0]],
    ['white', [235, 128, 128], [1, 1, 1]],
    ['middle grey', [126, 128, 128], [0.502, 0.502, 0.502]],
    ['red', [81, 90, 240], [1, 0, 0]],
    ['green', [145, 54, 34], [0, 1, 0]],
    ['blue', [41, 240, 110], [0, 0, 1]],
    ['darker than black', [0, 128, 128], [0, 0, 0]],
  ] as const)
    it(`shows ${name} as ${name}`, () => {
      const pixels = picture(size, size, yuv);
      const out = seen(last, pixels, wholePicture(pixels));
      for (const at of [0, 3 * 100, 3 * 255])
        rgb.forEach((colour, channel) => void expect(out[at + channel]).toBeCloseTo(colour, 1));
    });

  it('puts blue first and whole planes one after the other for a model that was taught so', () => {
    const pixels = picture(size, size, [81, 90, 240]);
    const out = seen({ ...first, colours: 'BGR' }, pixels, wholePicture(pixels));
    const plane = size * size;
    expect([out[7], out[plane + 7], out[2 * plane + 7]].map((one) => Math.round(one ?? 9))).toEqual([0, 0, 1]);
  });

  it('takes off the mean and divides by the deviation, each colour its own', () => {
    const pixels = picture(size, size, [235, 128, 128]);
    const out = seen({ ...last, mean: [255, 155, 55], deviation: [10, 50, 100] }, pixels, wholePicture(pixels));
    expect([...out.subarray(0, 3)].map((one) => Math.round(one * 10) / 10)).toEqual([0, 2, 2]);
  });

  // A bright right third of the picture: where it stands in the window tells the turn.
  for (const [name, turn, expected] of [
    ['upright, on the right', 0, 'right'],
    ['turned by a quarter, on top', Math.PI / 2, 'top'],
    ['turned back by a quarter, at the bottom', -Math.PI / 2, 'bottom'],
    ['on its head, on the left', Math.PI, 'left'],
  ] as const)
    it(`shows what is on the right of the picture, ${name}`, () => {
      const pixels = picture(48, 48, [16], (x) => x >= 32);
      const out = seen(first, pixels, wholePicture(pixels, turn));
      const at = (row: number, column: number) => Math.round(out[row * size + column] ?? 9);
      const sides = { left: at(8, 1), right: at(8, 14), top: at(1, 8), bottom: at(14, 8) };
      expect(Object.entries(sides).filter(([, light]) => light === 1)).toEqual([[expected, 1]]);
    });

  it('is black beyond the picture, and every number is written', () => {
    const pixels = picture(32, 16, [235]);
    const out = seen(first, pixels, wholePicture(pixels));
    const rows = Array.from({ length: size }, (_, row) => Math.round(out[row * size + 5] ?? 9)).join('');
    expect(rows).toBe('0000111111110000');
    expect(out.some(Number.isNaN)).toBe(false);
  });

  it('copies a picture of its own size grey for grey', () => {
    const pixels = picture(size, size, [16]);
    pixels.y.forEach((_, at) => void pixels.y.fill(16 + (at % 200), at, at + 1));
    const out = seen(first, pixels, wholePicture(pixels));
    pixels.y.forEach((grey, at) => void expect(out[at]).toBeCloseTo((grey - 16) / 219, 5));
  });
});
