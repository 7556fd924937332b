/** Pure. Resamples a pose's segmentation mask from the rotated crop to an upright grid in picture space (bilinear, 0 to 255). */
import type { Box } from '@nattfrid/shared/domain/geometry';
import { maskSize, type Pose } from './blazepose.ts';
import { boxToPicture, fromFrame, type Size } from './crop.ts';

/** A `Shape` without its track, which only the tracker knows. */
export interface PersonMask {
  readonly region: Box;
  readonly width: number;
  readonly height: number;
  readonly mask: Uint8Array;
}

/**
 * @param cells along the longer side of the grid, which covers the bounding box of every cell with a probability over a twentieth;
 * empty where there is none
 */
export function personMask({ mask, crop }: Pose, frame: Size, cells = 128): PersonMask {
  const within = filled(mask);
  const region = boxToPicture(crop, frame, within);
  const [w, h] = [region.width * frame.width, region.height * frame.height];
  const cell = Math.max(w, h) / cells;
  const [width, height] = cell > 0 ? [Math.ceil(w / cell), Math.ceil(h / cell)] : [0, 0];
  const out = new Uint8Array(width * height);
  const [stepX, stepY] = [w / width, h / height];
  const [left, top] = [region.x * frame.width, region.y * frame.height];
  const [u0, v0] = fromFrame(crop, left + stepX / 2, top + stepY / 2);
  const [u1, v1] = fromFrame(crop, left + stepX * 1.5, top + stepY / 2);
  const [u2, v2] = fromFrame(crop, left + stepX / 2, top + stepY * 1.5);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      const u = u0 + column * (u1 - u0) + row * (u2 - u0);
      const v = v0 + column * (v1 - v0) + row * (v2 - v0);
      out[at] = 255 * between(mask, u * maskSize - 0.5, v * maskSize - 0.5) + 0.5;
    }
  }
  return { region, width, height, mask: out };
}

/** Bounding box in the crop (0 to 1) of the cells with a probability over a twentieth. */
function filled(mask: Float32Array): Box {
  let [left, top, right, bottom] = [maskSize, maskSize, -1, -1];
  for (let row = 0, at = 0; row < maskSize; row++) {
    for (let column = 0; column < maskSize; column++, at++) {
      if (mask[at]! < 0.05) continue;
      if (column < left) left = column;
      if (column > right) right = column;
      if (row < top) top = row;
      bottom = row;
    }
  }
  if (right < 0) return { x: 0, y: 0, width: 0, height: 0 };
  const size = (cells: number) => cells / maskSize;
  return { x: size(left), y: size(top), width: size(right + 1 - left), height: size(bottom + 1 - top) };
}

/** Bilinear interpolation; 0 outside. */
function between(mask: Float32Array, x: number, y: number): number {
  if (!(x > -0.5 && y > -0.5 && x < maskSize - 0.5 && y < maskSize - 0.5)) return 0;
  const last = maskSize - 1;
  const [cx, cy] = [Math.min(last, Math.max(0, x)), Math.min(last, Math.max(0, y))];
  const [x0, y0] = [cx | 0, cy | 0];
  const here = y0 * maskSize + x0;
  const next = x0 < last ? 1 : 0;
  const down = y0 < last ? maskSize : 0;
  const upper = mask[here]! + (cx - x0) * (mask[here + next]! - mask[here]!);
  const lower = mask[here + down]! + (cx - x0) * (mask[here + down + next]! - mask[here + down]!);
  return upper + (cy - y0) * (lower - upper);
}
