/** Pure. Pieces of furniture, each a few rounded boxes, placed where nobody walks, lies or falls. */
import { type Block, box, type Matter } from '../scene/room.ts';
import type { Vec3 } from '../scene/vector.ts';
import type { Chosen } from './chosen.ts';
import type { Spot } from './home.ts';
import type { Dyes, Walls } from './shell.ts';

/** Parts in the piece's own coordinates: x along the wall from its middle, y out of the wall, z up. */
interface Piece {
  readonly name: string;
  readonly long: number;
  readonly deep: number;
  readonly parts: readonly {
    readonly matter: Matter;
    readonly from: Vec3;
    readonly to: Vec3;
    readonly round: number;
  }[];
}

const part = (matter: Matter, from: Vec3, to: Vec3, round = 0.02) => ({ matter, from, to, round });

/** Also what is taken for a person: a coat on a stand, a dressing gown on a hook, a bag, a heaped armchair. */
export function pieces({ between }: Chosen): readonly Piece[] {
  const tall = between(1.7, 2.1);
  return [
    {
      name: 'wardrobe',
      long: 1.0,
      deep: 0.58,
      parts: [part('wood', [-0.5, 0, 0], [0.5, 0.58, tall]), part('metal', [-0.03, 0.58, 0.9], [0.03, 0.6, 1.1])],
    },
    {
      name: 'dresser with a television',
      long: 1.1,
      deep: 0.45,
      parts: [
        part('wood', [-0.55, 0, 0], [0.55, 0.45, 0.75]),
        part('glass', [-0.42, 0.18, 0.8], [0.42, 0.23, 1.3], 0.01),
      ],
    },
    {
      name: 'armchair',
      long: 0.8,
      deep: 0.8,
      parts: [
        part('seat', [-0.38, 0.05, 0.12], [0.38, 0.75, 0.44], 0.08),
        part('seat', [-0.38, 0.02, 0.3], [0.38, 0.24, between(0.85, 1.1)], 0.1),
        part('seat', [-0.4, 0.05, 0.2], [-0.26, 0.75, 0.62], 0.06),
        part('seat', [0.26, 0.05, 0.2], [0.4, 0.75, 0.62], 0.06),
        part('cover', [-0.22, 0.1, 0.42], [0.2, 0.4, 0.78], 0.12),
      ],
    },
    {
      name: 'coat on a stand',
      long: 0.5,
      deep: 0.5,
      parts: [
        part('wood', [-0.02, 0.23, 0], [0.02, 0.27, 1.75], 0.01),
        part('seat', [-0.2, 0.12, 0.75], [0.2, 0.38, 1.5], 0.12),
        part('wood', [-0.11, 0.14, 1.58], [0.11, 0.36, 1.78], 0.1),
      ],
    },
    {
      name: 'gown on a hook',
      long: 0.5,
      deep: 0.16,
      parts: [part('cover', [-0.22, 0, 0.6], [0.22, 0.14, 1.65], 0.07)],
    },
    {
      name: 'table',
      long: 0.8,
      deep: 0.6,
      parts: [
        part('wood', [-0.4, 0, 0.7], [0.4, 0.6, 0.74]),
        ...([-0.36, 0.32] as const).flatMap((x) =>
          ([0.03, 0.52] as const).map((y) => part('wood', [x, y, 0], [x + 0.04, y + 0.04, 0.7], 0.008)),
        ),
        part('print', [-0.1, 0.2, 0.74], [0.15, 0.4, 0.8]),
      ],
    },
    {
      name: 'laundry on the floor',
      long: 0.9,
      deep: 0.5,
      parts: [
        part('cover', [-0.4, 0.05, 0], [0.25, 0.4, 0.22], 0.1),
        part('seat', [0.05, 0.12, 0], [0.42, 0.42, 0.3], 0.12),
      ],
    },
    { name: 'bag', long: 0.5, deep: 0.35, parts: [part('seat', [-0.22, 0.05, 0], [0.22, 0.33, 0.38], 0.08)] },
    {
      name: 'plant',
      long: 0.5,
      deep: 0.5,
      parts: [
        part('wood', [-0.14, 0.1, 0], [0.14, 0.38, 0.3], 0.03),
        part('curtain', [-0.24, 0.02, 0.4], [0.24, 0.48, between(0.9, 1.5)], 0.2),
      ],
    },
    {
      name: 'mirror',
      long: 0.5,
      deep: 0.06,
      parts: [
        part('frame', [-0.25, 0, 0.5], [0.25, 0.04, 1.7]),
        part('pillow', [-0.21, 0.02, 0.55], [0.21, 0.05, 1.65], 0.004),
      ],
    },
    {
      name: 'picture',
      long: 0.7,
      deep: 0.06,
      parts: [
        part('frame', [-0.35, 0, 1.25], [0.35, 0.04, 1.75], 0.005),
        part('print', [-0.3, 0.02, 1.3], [0.3, 0.05, 1.7], 0),
      ],
    },
  ];
}

interface Ground {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** @param isFree whether a stretch of floor may be stood on */
export function furnish(
  walls: Walls,
  dyes: Dyes,
  chosen: Chosen,
  isFree: (ground: Ground) => boolean,
): readonly Block[] {
  const { between, oneOf, yes } = chosen;
  const taken: Ground[] = [];
  return pieces(chosen)
    .filter(() => yes(0.62))
    .flatMap((piece) => {
      for (let trial = 0; trial < 14; trial++) {
        const wall = oneOf(['left', 'right', 'front', 'back'] as const);
        const upright = wall === 'left' || wall === 'right';
        const [low, top] = upright ? [walls.front, walls.back] : [walls.left, walls.right];
        const at = between(low + piece.long / 2 + 0.03, top - piece.long / 2 - 0.03);
        const put = placeOn(walls, wall, at);
        const ground = groundOf(put([-piece.long / 2, 0, 0]), put([piece.long / 2, piece.deep, 0]));
        if (!isFree(ground) || taken.some((other) => meets(ground, other))) continue;
        taken.push(ground);
        return piece.parts.map(({ matter, from, to, round }) => {
          const [a, b] = [put(from), put(to)];
          return {
            ...box(matter, lower(a, b), upper(a, b), round),
            dye: { ...dyes(matter), tone: dyes(matter).tone * between(0.7, 1.3) },
          };
        });
      }
      return [];
    });
}

function placeOn(walls: Walls, wall: 'left' | 'right' | 'front' | 'back', at: number): (v: Vec3) => Vec3 {
  switch (wall) {
    case 'left':
      return ([x, y, z]) => [walls.left + y, at + x, z];
    case 'right':
      return ([x, y, z]) => [walls.right - y, at + x, z];
    case 'front':
      return ([x, y, z]) => [at + x, walls.front + y, z];
    case 'back':
      return ([x, y, z]) => [at + x, walls.back - y, z];
  }
}

const lower = (a: Vec3, b: Vec3): Vec3 => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.min(a[2], b[2])];
const upper = (a: Vec3, b: Vec3): Vec3 => [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.max(a[2], b[2])];
const groundOf = (a: Vec3, b: Vec3): Ground => {
  const [low, top] = [lower(a, b), upper(a, b)];
  return { x: [low[0], top[0]], y: [low[1], top[1]] };
};
const meets = (a: Ground, b: Ground): boolean =>
  a.x[0] < b.x[1] + 0.04 && b.x[0] < a.x[1] + 0.04 && a.y[0] < b.y[1] + 0.04 && b.y[0] < a.y[1] + 0.04;

/** Metres from a point to a stretch of floor; 0 inside of it. */
export function awayFrom({ x, y }: Ground, [px, py]: Spot): number {
  const dx = Math.max(x[0] - px, 0, px - x[1]);
  const dy = Math.max(y[0] - py, 0, py - y[1]);
  return Math.hypot(dx, dy);
}
