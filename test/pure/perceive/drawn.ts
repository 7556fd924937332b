/** Pure. Rooms drawn as light over the picture, for tests that need no camera: a value 0 to 255 at each place, and a little noise. */

import type { Cells } from '@nattfrid/agent/perceive/cells';
import type { Box } from '@nattfrid/shared/domain/geometry';

/** x and y from 0 to 1. */
export type Draw = (x: number, y: number) => number;

/** A wall, a floor of boards, a bed, a picture on the wall. */
export const room: Draw = (x, y) => {
  if (y > 0.55 && x > 0.65) return 150 + 20 * Math.sin(x * 60) * Math.sin(y * 50);
  if (y > 0.45) return 90 + 25 * Math.sin(x * 90 + y * 15) + 8 * Math.sin(y * 140);
  if (x > 0.3 && x < 0.45 && y > 0.1 && y < 0.3) return 60 + 60 * ((Math.floor(x * 40) + Math.floor(y * 40)) % 2);
  return 130 + 12 * Math.sin(x * 30) + 10 * Math.sin(y * 35 + x * 9);
};

/** The room with something of a light and texture of its own in front. */
export const withBody =
  (draw: Draw, { x, y, width, height }: Box, light = 200): Draw =>
  (u, v) =>
    u >= x && u < x + width && v >= y && v < y + height ? light + 8 * Math.sin(u * 25 + v * 40) : draw(u, v);

/** The same room in another light; `slope` brightens it from left to right. */
export const lamp =
  (gain: number, offset: number, slope = 0) =>
  (draw: Draw): Draw =>
  (x, y) =>
    gain * draw(x, y) + offset + slope * x;

/** @param seed another noise for another number. */
export function drawnCells(draw: Draw, seed: number, noise = 0.8): Cells {
  const [width, height] = [80, 45];
  let chance = (seed + 1) * 2654435761;
  const random = () => {
    chance = (Math.imul(chance, 1664525) + 1013904223) >>> 0;
    return chance / 2 ** 32 - 0.5;
  };
  const light = Float32Array.from({ length: width * height }, (_, at) =>
    Math.min(
      255,
      Math.max(0, draw(((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height) + 2 * noise * random()),
    ),
  );
  return { width, height, light };
}
