/** Pure. The room's masks painted grey: what the room forbids is shown to no model. */
import { contains, type Polygon } from '@nattfrid/shared/domain/geometry';
import type { Pixels } from '../decode/frame.ts';

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
