/** Pure. A model's crop of the picture: a rotated square window, with the affine map to the frame and back. */
import type { Box } from '@nattfrid/shared/domain/geometry';

/**
 * All in pixels of the frame; may reach outside it.
 *
 * `turn` is in radians, clockwise as people see the picture: at 0 the window's top points up in the picture, at a quarter
 * (π/2) to the right. A person who lies with the head to the right stands upright in a window that is turned by a quarter.
 */
export interface Crop {
  /** The centre. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly turn: number;
}

/** Width and height of a frame, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The rotations in which the detector scans a whole picture; upside down is left out. */
export const quarterTurns = [0, Math.PI / 2, -Math.PI / 2] as const;

/** The smallest window that holds the whole picture, letterboxed. */
export const wholePicture = ({ width, height }: Size, turn = 0): Crop => ({
  x: width / 2,
  y: height / 2,
  side: Math.max(width, height),
  turn,
});

/** A window round a box in picture space (0 to 1), its side `margin` times the longer side of the box. */
export function cropAround(box: Box, { width, height }: Size, turn = 0, margin = 1.25): Crop {
  const side = Math.max(box.width * width, box.height * height) * margin;
  return { x: (box.x + box.width / 2) * width, y: (box.y + box.height / 2) * height, side, turn };
}

/** From the window (0 to 1, its own upright) to pixels of the frame. */
export function toFrame(crop: Crop, u: number, v: number): readonly [x: number, y: number] {
  const [cos, sin] = [Math.cos(crop.turn) * crop.side, Math.sin(crop.turn) * crop.side];
  return [crop.x + (u - 0.5) * cos - (v - 0.5) * sin, crop.y + (u - 0.5) * sin + (v - 0.5) * cos];
}

/** From pixels of the frame to the window (0 to 1 inside it). */
export function fromFrame(crop: Crop, x: number, y: number): readonly [u: number, v: number] {
  const [cos, sin] = [Math.cos(crop.turn) / crop.side, Math.sin(crop.turn) / crop.side];
  const [dx, dy] = [x - crop.x, y - crop.y];
  return [0.5 + dx * cos + dy * sin, 0.5 - dx * sin + dy * cos];
}

/** The axis-aligned bounding box in picture space (0 to 1) of a box in the window. */
export function boxToPicture(crop: Crop, { width, height }: Size, within: Box): Box {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -Infinity, -Infinity];
  for (let corner = 0; corner < 4; corner++) {
    const u = within.x + (corner & 1 ? within.width : 0);
    const v = within.y + (corner & 2 ? within.height : 0);
    const [x, y] = toFrame(crop, u, v);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left / width, y: top / height, width: (right - left) / width, height: (bottom - top) / height };
}

/** The window centred on `from` whose top points to `to`, both in pixels (MediaPipe's two-point alignment: twice their distance,
 * enlarged by a quarter). */
export function cropPointing(from: readonly [number, number], to: readonly [number, number]): Crop {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return { x: from[0], y: from[1], side: Math.hypot(dx, dy) * 2 * 1.25, turn: Math.atan2(dx, -dy) };
}
