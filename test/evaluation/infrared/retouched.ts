/** Pure. Parts of a picture: cut out and scaled up, and a bed without its sleeper. */
import type { Pixels } from '@nattfrid/agent/decode/frame';
import type { Box, Polygon } from '@nattfrid/shared/domain/geometry';

/** Where the pixel at (x, y) of the new picture comes from in the old one, in shares of the picture; outside it the edge goes on. */
type From = (x: number, y: number) => readonly [x: number, y: number];

/** A new picture of the same size, bilinear. */
export function resampled(pixels: Pixels, from: From): Pixels {
  const { width, height } = pixels;
  const plane = (old: Uint8Array, w: number, h: number): Uint8Array => {
    const out = new Uint8Array(old.length);
    for (let row = 0; row < h; row++)
      for (let column = 0; column < w; column++) {
        const [x, y] = from((column + 0.5) / w, (row + 0.5) / h);
        out[row * w + column] = sample(old, w, h, x * w - 0.5, y * h - 0.5);
      }
    return out;
  };
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  return { width, height, y: plane(pixels.y, width, height), u: plane(pixels.u, w, h), v: plane(pixels.v, w, h) };
}

function sample(plane: Uint8Array, w: number, h: number, x: number, y: number): number {
  const [cx, cy] = [Math.min(Math.max(x, 0), w - 1), Math.min(Math.max(y, 0), h - 1)];
  const [left, top] = [Math.floor(cx), Math.floor(cy)];
  const [right, bottom] = [Math.min(left + 1, w - 1), Math.min(top + 1, h - 1)];
  const [u, v] = [cx - left, cy - top];
  const above = plane[top * w + left]! * (1 - u) + plane[top * w + right]! * u;
  const below = plane[bottom * w + left]! * (1 - u) + plane[bottom * w + right]! * u;
  return Math.round(above * (1 - v) + below * v);
}

/** The part of the picture in the box, scaled to the whole. */
export const cutOut = (pixels: Pixels, { x, y, width, height }: Box): Pixels =>
  resampled(pixels, (u, v) => [x + u * width, y + v * height]);

/** As `cutOut` for an outline. */
export const cutOutline = (outline: Polygon, { x, y, width, height }: Box): Polygon =>
  outline.map(([u, v]) => [inside((u - x) / width), inside((v - y) / height)] as const);

const inside = (share: number): number => Math.min(Math.max(share, 0), 1);

/**
 * What lies above a line, mirrored down over what lies below it, within a box: the empty half of a bed stands for the other one.
 * @param by how much of what lies above is taken, as a share of the box's height
 */
export const mirroredDown = (pixels: Pixels, line: number, within: Box, by: number): Pixels =>
  resampled(pixels, (x, y) =>
    y > line && y < within.y + within.height && x > within.x && x < within.x + within.width
      ? [x, line - by * (y - line)]
      : [x, y],
  );
