/** Pure. The shell of a drawn room: floor, walls with one doorway, the hall behind it, window and curtains, and the bed. */

import { type Block, box, type Dye, type Matter } from '../scene/room.ts';
import type { Vec3 } from '../scene/vector.ts';
import type { Chosen } from './chosen.ts';
import type { Bed, Spot } from './home.ts';

export interface Walls {
  readonly left: number;
  readonly right: number;
  readonly front: number;
  readonly back: number;
}
/** `centre` runs along the wall; `inwards` points into the room. */
export interface Door {
  readonly wall: 'left' | 'right' | 'front';
  readonly centre: number;
  readonly half: number;
  readonly high: number;
}

/** A point in front of the doorway (`away` above 0) or behind it, moved `aside` along the wall. */
export function atDoor(walls: Walls, { wall, centre }: Door, away: number, aside = 0): Spot {
  switch (wall) {
    case 'right':
      return [walls.right - away, centre + aside];
    case 'left':
      return [walls.left + away, centre + aside];
    case 'front':
      return [centre + aside, walls.front + away];
  }
}

export function doorCorners(walls: Walls, door: Door): readonly Vec3[] {
  const [a, b] = [atDoor(walls, door, 0, -door.half), atDoor(walls, door, 0, door.half)];
  return [
    [a[0], a[1], 0],
    [b[0], b[1], 0],
    [b[0], b[1], door.high],
    [a[0], a[1], door.high],
  ];
}

export type Dyes = (matter: Matter) => Dye;

/** Tones of this room's matters. */
export function drawDyes({ between, yes }: Chosen): Dyes {
  const dyes = new Map<Matter, Dye>();
  return (matter) => {
    const known = dyes.get(matter);
    if (known) return known;
    const dark = matter === 'pillow' || matter === 'mattress' ? 0.75 : 0.5;
    const dye: Dye = {
      tone: between(dark, matter === 'wall' ? 1.7 : matter === 'floor' ? 2.2 : 1.5),
      shift: [between(-3, 3), between(-3, 3), 0],
      turned: yes(0.5),
    };
    dyes.set(matter, dye);
    return dye;
  };
}

const high = 2.6;
const thick = 0.12;
const beyond = 1.4;

export function shellOf(walls: Walls, door: Door, bed: Bed, dyes: Dyes, chosen: Chosen): readonly Block[] {
  const dyed = (matter: Matter, from: Vec3, to: Vec3, round = 0.006, waves = 0): Block => ({
    ...box(matter, from, to, round, waves),
    dye: dyes(matter),
  });
  const far = 8;
  const floor = dyed('floor', [-far, -far, -0.2], [far, 2 * far, 0], 0);
  return [
    floor,
    ...wallsOf(walls, door, dyed),
    dyed('wall', [walls.left - 2, walls.back, 0], [walls.right + 2, walls.back + 0.4, high], 0),
    ...hallOf(walls, door, dyed),
    ...bedBlocks(bed, dyed, chosen),
    ...windowOf(walls, dyed, chosen),
  ];
}

type Dyed = (matter: Matter, from: Vec3, to: Vec3, round?: number, waves?: number) => Block;

/** A box between two points of the walls' plane: `along` the wall, `out` behind its face. */
function onWall(
  walls: Walls,
  wall: Door['wall'],
  along: readonly [number, number],
  out: readonly [number, number],
  z: readonly [number, number],
): readonly [Vec3, Vec3] {
  switch (wall) {
    case 'right':
      return [
        [walls.right + out[0], along[0], z[0]],
        [walls.right + out[1], along[1], z[1]],
      ];
    case 'left':
      return [
        [walls.left - out[1], along[0], z[0]],
        [walls.left - out[0], along[1], z[1]],
      ];
    case 'front':
      return [
        [along[0], walls.front - out[1], z[0]],
        [along[1], walls.front - out[0], z[1]],
      ];
  }
}

function wallsOf(walls: Walls, door: Door, dyed: Dyed): readonly Block[] {
  const span = (wall: Door['wall']): readonly [number, number] =>
    wall === 'front' ? [walls.left - thick, walls.right + thick] : [walls.front - thick, walls.back + thick];
  return (['left', 'right', 'front'] as const).flatMap((wall) => {
    const [from, to] = span(wall);
    const part = (
      a: number,
      b: number,
      low: number,
      top: number,
      matter: Matter = 'wall',
      out: readonly [number, number] = [0, thick],
    ) => dyed(matter, ...onWall(walls, wall, [a, b], out, [low, top]), 0.004);
    if (wall !== door.wall) return [part(from, to, 0, high)];
    const [a, b] = [door.centre - door.half, door.centre + door.half];
    const rim = [-0.03, thick + 0.03] as const;
    return [
      part(from, a, 0, high),
      part(b, to, 0, high),
      part(a, b, door.high, high),
      part(a - 0.08, a, 0, door.high + 0.07, 'trim', rim),
      part(b, b + 0.08, 0, door.high + 0.07, 'trim', rim),
      part(a - 0.08, b + 0.08, door.high, door.high + 0.07, 'trim', rim),
    ];
  });
}

const hallOf = (walls: Walls, { wall, centre }: Door, dyed: Dyed): readonly Block[] => [
  dyed('hall', ...onWall(walls, wall, [centre - 4, centre + 4], [thick + beyond, thick + beyond + 0.3], [0, high]), 0),
];

function bedBlocks(bed: Bed, dyed: Dyed, { yes, between }: Chosen): readonly Block[] {
  const { left, right, front, back, high: top } = bed;
  const middle = (front + back) / 2;
  const pillow = between(0.26, 0.36);
  const boards = yes(0.7);
  const rails = yes(0.3);
  return [
    ...(boards
      ? [
          dyed('wood', [left - 0.05, front - 0.02, 0], [left + 0.01, back + 0.03, between(0.7, 1.1)], 0.02),
          dyed('wood', [right, front - 0.02, 0], [right + 0.05, back + 0.03, between(0.45, 0.75)], 0.02),
        ]
      : []),
    dyed('wood', [left, front, 0.1], [right, front + 0.03, 0.34], 0.01),
    dyed('mattress', [left + 0.02, front + 0.01, 0.3], [right - 0.01, back, top - 0.01], 0.05),
    dyed('cover', [left + 0.72, front - 0.03, between(0.15, 0.35)], [right, back + 0.02, top + 0.015], 0.05),
    dyed(
      'pillow',
      [left + 0.06, middle - pillow, top - 0.02],
      [left + 0.5, middle + pillow, top + between(0.07, 0.13)],
      0.06,
    ),
    // A rail at the back, as care beds have.
    ...(rails
      ? [0.12, 0.26, 0.4].map((up) =>
          dyed('metal', [left + 0.3, back + 0.01, top + up], [right - 0.3, back + 0.035, top + up + 0.025], 0.01),
        )
      : []),
  ];
}

function windowOf(walls: Walls, dyed: Dyed, { yes, between }: Chosen): readonly Block[] {
  if (!yes(0.8)) return [];
  const middle = between(walls.left + 0.9, walls.right - 0.9);
  const half = between(0.4, 0.7);
  const wall = walls.back;
  const drop = yes(0.5) ? 0.1 : 0.7;
  const hung = (at: number) =>
    dyed('curtain', [at - 0.2, wall - 0.14, drop], [at + 0.2, wall - 0.08, 2.1], 0.015, 0.022);
  return [
    dyed('glass', [middle - half, wall - 0.02, 1.0], [middle + half, wall + 0.005, 1.95], 0),
    dyed('trim', [middle - half - 0.05, wall - 0.04, 0.95], [middle + half + 0.05, wall + 0.005, 1.0]),
    dyed('trim', [middle - half - 0.05, wall - 0.04, 1.95], [middle + half + 0.05, wall + 0.005, 2.0]),
    dyed('metal', [middle - half - 0.4, wall - 0.12, 2.1], [middle + half + 0.4, wall - 0.09, 2.13], 0.012),
    hung(middle - half - 0.1),
    hung(middle + half + 0.1),
  ];
}
