/** Pure. The colour of every surface at a point: floorboards, rug, bed linen, cloth, skin, a face. Shares of light sent back, 0..1. */
import type { Body, Limb } from './body.ts';
import { bumps, chanceAt } from './noise.ts';
import type { Matter } from './room.ts';
import { dot, sub, type Vec3 } from './vector.ts';

type Paint = (x: number, y: number, z: number) => Vec3;

const grey = (v: number, warm = 0): Vec3 => [v * (1 + warm), v, v * (1 - warm * 1.6)];

const paints: Record<Matter, Paint> = {
  floor(x, y) {
    const board = Math.floor(y / 0.15);
    const shift = chanceAt(board, 3, 0, 11) * 1.6;
    const piece = Math.floor((x + shift) / 1.6);
    const tone = 0.2 + 0.07 * (chanceAt(board, piece, 0, 5) - 0.5);
    const grain = 0.03 * bumps(x * 3, y * 55, board, 8) + 0.012 * bumps(x * 14, y * 130, board, 9);
    const seam = y / 0.15 - board < 0.035 || (x + shift) / 1.6 - piece < 0.003 ? 0.45 : 1;
    return grey((tone + grain) * seam, 0.18);
  },
  rug(x, y) {
    const edge = Math.min(1.0 - Math.abs(x), 0.5 - Math.abs(y - 2.92));
    const band = edge < 0.05 ? 0.3 : edge < 0.12 ? 0.1 : edge < 0.15 ? 0.3 : 0.15;
    const weave = 0.02 * Math.sin(x * 180) * Math.sin(y * 180) + 0.015 * bumps(x * 30, y * 30, 0, 4);
    return [band * 0.95 + weave, band * 0.95 + weave, band * 1.1 + weave];
  },
  wall(x, y, z) {
    const stripe = Math.sin((x + y) * 26) > 0.2 ? 0.02 : 0;
    return grey(0.4 + stripe + 0.012 * bumps(x * 9, y * 9, z * 9, 2), 0.05);
  },
  hall: (x, y, z) => grey(0.22 + 0.01 * bumps(x * 4, y * 4, z * 4, 3), 0.03),
  trim: () => grey(0.6),
  door(x, _y, z) {
    const inPanel =
      Math.abs(Math.abs(x - 2.72) - 0.2) < 0.14 && (Math.abs(z - 0.55) < 0.35 || Math.abs(z - 1.45) < 0.4);
    return grey(inPanel ? 0.46 : 0.54, 0.03);
  },
  wood: (x, y, z) => grey(0.14 + 0.03 * bumps(x * 6, y * 6, z * 40, 6), 0.25),
  frame: () => grey(0.12, 0.2),
  print: (x, _y, z) => grey(z < 1.45 + 0.06 * Math.sin(x * 9) ? 0.2 : 0.5, 0.05),
  mattress: () => grey(0.6),
  cover(x, y, z) {
    const check = (Math.sin(x * 21) > 0.72 ? 0.1 : 0) + (Math.sin((y + z) * 21) > 0.72 ? 0.1 : 0);
    const c = 0.46 - check + 0.03 * bumps(x * 8, y * 8, z * 8, 14);
    return [c * 0.9, c * 0.97, c * 1.06];
  },
  pillow: (x, y, z) => grey(0.66 + 0.03 * bumps(x * 9, y * 9, z * 9, 15)),
  glass: (x, _y, z) => grey(0.03 + 0.02 * bumps(x * 2, 0, z * 2, 1)),
  curtain: (x, _y, z) => grey(0.3 + 0.06 * Math.sin(x * 62) + 0.02 * bumps(x * 20, 0, z * 3, 16), 0.08),
  metal: () => grey(0.4),
  seat: (x, y) => grey(0.25 + 0.05 * (Math.sin(x * 70) * Math.sin(y * 70)), -0.1),
  shade: () => grey(0.6, 0.1),
};

export const roomPaint = (matter: Matter, x: number, y: number, z: number): Vec3 => paints[matter](x, y, z);

/** What a person wears. */
export interface Looks {
  readonly skin: Vec3;
  readonly hair: Vec3;
  readonly top: Vec3;
  readonly stripes: number;
  readonly bottom: Vec3;
  readonly shoe: Vec3;
}

export const client: Looks = {
  skin: [0.62, 0.45, 0.36],
  hair: [0.2, 0.19, 0.18],
  top: [0.34, 0.4, 0.5],
  stripes: 0.45,
  bottom: [0.07, 0.08, 0.11],
  shoe: [0.05, 0.045, 0.04],
};

export const helper: Looks = {
  skin: [0.55, 0.38, 0.3],
  hair: [0.04, 0.035, 0.03],
  top: [0.72, 0.74, 0.76],
  stripes: 0,
  bottom: [0.16, 0.18, 0.24],
  shoe: [0.55, 0.55, 0.55],
};

/** The colour of a body's skin or cloth at a point of a shape. */
export function bodyPaint(looks: Looks, body: Body, limb: Limb, at: Vec3): Vec3 {
  const away = sub(at, [limb.ax, limb.ay, limb.az]);
  const x = dot(away, limb.right);
  const y = dot(away, limb.ahead);
  const z = dot(away, limb.up);
  const weave = 1 + 0.1 * bumps(x * 45, y * 45, z * 25, 21);
  switch (limb.stuff) {
    case 'face':
      return face(looks, body, limb, at);
    case 'skin':
      return looks.skin;
    case 'hair':
      return tone(looks.hair, 1 + 0.5 * bumps(x * 70, y * 25, z * 25, 22));
    case 'top':
    case 'sleeve': {
      const stripe = looks.stripes > 0 && Math.sin(z * 110) > 0.4 ? 1 - looks.stripes : 1;
      const placket = limb.stuff === 'top' && y > 0.05 && Math.abs(x) < 0.012 ? 0.7 : 1;
      return tone(looks.top, weave * stripe * placket);
    }
    case 'bottom':
      return tone(looks.bottom, weave);
    case 'shoe':
      return looks.shoe;
    case 'sole':
      return tone(looks.shoe, 3);
  }
}

function face(looks: Looks, body: Body, limb: Limb, at: Vec3): Vec3 {
  const away = sub(at, body.joints.head);
  const x = Math.abs(dot(away, limb.right));
  const y = dot(away, limb.ahead);
  const z = dot(away, limb.up);
  if (y < 0.04) return looks.skin;
  const eye = Math.hypot((x - 0.031) / 0.017, (z - 0.014) / 0.009);
  if (eye < 0.55) return [0.015, 0.012, 0.01];
  if (eye < 1) return [0.42, 0.4, 0.38];
  if (Math.abs(z - 0.036 + x * 0.1) < 0.006 && x > 0.012 && x < 0.052) return tone(looks.hair, 0.6);
  if (Math.hypot(x / 0.028, (z + 0.06) / 0.008) < 1)
    return [looks.skin[0] * 0.6, looks.skin[1] * 0.35, looks.skin[2] * 0.35];
  if (Math.hypot((x - 0.007) / 0.005, (z + 0.036) / 0.004) < 1) return tone(looks.skin, 0.3);
  const socket = Math.hypot((x - 0.031) / 0.03, (z - 0.016) / 0.018) < 1 ? 0.8 : 1;
  return tone(looks.skin, socket);
}

const tone = (colour: Vec3, by: number): Vec3 => [colour[0] * by, colour[1] * by, colour[2] * by];
