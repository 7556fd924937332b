/** Pure. Procedural textures of the room: the albedo (RGB, 0..1) of floorboards, rug, bed linen and curtains at a point. */
import { chanceAt, valueNoise } from './noise.ts';
import type { Block, Matter } from './room.ts';
import type { Vec3 } from './vector.ts';

type Paint = (x: number, y: number, z: number) => Vec3;

const grey = (v: number, warm = 0): Vec3 => [v * (1 + warm), v, v * (1 - warm * 1.6)];

const paints: Record<Matter, Paint> = {
  floor(x, y) {
    const board = Math.floor(y / 0.15);
    const shift = chanceAt(board, 3, 0, 11) * 1.6;
    const piece = Math.floor((x + shift) / 1.6);
    const tone = 0.2 + 0.07 * (chanceAt(board, piece, 0, 5) - 0.5);
    const grain = 0.03 * valueNoise(x * 3, y * 55, board, 8) + 0.012 * valueNoise(x * 14, y * 130, board, 9);
    const seam = y / 0.15 - board < 0.035 || (x + shift) / 1.6 - piece < 0.003 ? 0.45 : 1;
    return grey((tone + grain) * seam, 0.18);
  },
  rug(x, y) {
    const edge = Math.min(1.0 - Math.abs(x), 0.5 - Math.abs(y - 2.92));
    const band = edge < 0.05 ? 0.45 : edge < 0.12 ? 0.16 : edge < 0.15 ? 0.45 : 0.32;
    const weave = 0.02 * Math.sin(x * 180) * Math.sin(y * 180) + 0.015 * valueNoise(x * 30, y * 30, 0, 4);
    return [band * 0.95 + weave, band * 0.95 + weave, band * 1.1 + weave];
  },
  wall(x, y, z) {
    const stripe = Math.sin((x + y) * 26) > 0.2 ? 0.02 : 0;
    return grey(0.4 + stripe + 0.012 * valueNoise(x * 9, y * 9, z * 9, 2), 0.05);
  },
  hall: (x, y, z) => grey(0.22 + 0.01 * valueNoise(x * 4, y * 4, z * 4, 3), 0.03),
  trim: () => grey(0.6),
  door(x, _y, z) {
    const inPanel =
      Math.abs(Math.abs(x - 2.72) - 0.2) < 0.14 && (Math.abs(z - 0.55) < 0.35 || Math.abs(z - 1.45) < 0.4);
    return grey(inPanel ? 0.46 : 0.54, 0.03);
  },
  wood: (x, y, z) => grey(0.14 + 0.03 * valueNoise(x * 6, y * 6, z * 40, 6), 0.25),
  frame: () => grey(0.12, 0.2),
  print: (x, _y, z) => grey(z < 1.45 + 0.06 * Math.sin(x * 9) ? 0.2 : 0.5, 0.05),
  mattress: () => grey(0.6),
  cover(x, y, z) {
    const check = (Math.sin(x * 21) > 0.72 ? 0.1 : 0) + (Math.sin((y + z) * 21) > 0.72 ? 0.1 : 0);
    const c = 0.46 - check + 0.03 * valueNoise(x * 8, y * 8, z * 8, 14);
    return [c * 0.9, c * 0.97, c * 1.06];
  },
  pillow: (x, y, z) => grey(0.66 + 0.03 * valueNoise(x * 9, y * 9, z * 9, 15)),
  glass: (x, _y, z) => grey(0.03 + 0.02 * valueNoise(x * 2, 0, z * 2, 1)),
  curtain: (x, _y, z) => grey(0.3 + 0.06 * Math.sin(x * 62) + 0.02 * valueNoise(x * 20, 0, z * 3, 16), 0.08),
  metal: () => grey(0.4),
  seat: (x, y) => grey(0.25 + 0.05 * (Math.sin(x * 70) * Math.sin(y * 70)), -0.1),
};

export function roomPaint({ matter, dye }: Block, x: number, y: number, z: number): Vec3 {
  if (!dye) return paints[matter](x, y, z);
  const [u, v, w] = [x - dye.shift[0], y - dye.shift[1], z - dye.shift[2]];
  const [red, green, blue] = dye.turned ? paints[matter](v, u, w) : paints[matter](u, v, w);
  return [red * dye.tone, green * dye.tone, blue * dye.tone];
}
