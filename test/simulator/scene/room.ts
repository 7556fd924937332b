/** Pure. The bedroom of the stories as a signed distance field of rounded boxes. */
import type { Place } from './pose.ts';
import type { Vec3 } from './vector.ts';

export type Matter =
  | 'floor'
  | 'rug'
  | 'wall'
  | 'hall'
  | 'trim'
  | 'door'
  | 'wood'
  | 'frame'
  | 'mattress'
  | 'cover'
  | 'pillow'
  | 'glass'
  | 'curtain'
  | 'metal'
  | 'seat'
  | 'print';

/** A rounded box: its middle, half its size, how round, and how strongly it waves along x (curtains). */
export interface Block {
  readonly matter: Matter;
  readonly at: Vec3;
  readonly half: Vec3;
  readonly round: number;
  readonly waves: number;
  /** How its texture differs from the usual one of its matter; undefined: not at all. */
  readonly dye?: Dye;
}

/** `tone`: factor on the albedo; the texture is moved by `shift` and, on floors and walls, turned by a quarter. */
export interface Dye {
  readonly tone: number;
  readonly shift: Vec3;
  readonly turned: boolean;
}

/** The floor is 4.2 m wide and 4.9 m deep; the bed stands at the back wall, its headboard to the left; the door is in the right wall. */
export const room = {
  left: -2.1,
  right: 2.1,
  back: 4.9,
  door: { from: 3.42, to: 4.34, high: 2.04 },
  bed: { left: -2.04, right: 0.1, front: 3.9, back: 4.82, high: 0.52 },
} as const;

/** Where a person stands before sitting down on the bed's long edge. */
export const atBed: Place = { x: -0.45, y: 3.66, yaw: 180 };
/** In the hall, out of sight. */
export const inHall: Place = { x: 2.85, y: 2.7, yaw: 0 };

export const box = (matter: Matter, from: Vec3, to: Vec3, round = 0.006, waves = 0): Block => ({
  matter,
  at: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2],
  half: [(to[0] - from[0]) / 2, (to[1] - from[1]) / 2, (to[2] - from[2]) / 2],
  round,
  waves,
});

const { bed, door } = room;

export const blocks: readonly Block[] = [
  box('floor', [-2.6, -1, -0.2], [3.9, 6, 0], 0),
  box('wall', [-2.6, -1, 0], [-2.1, 5.4, 2.6], 0),
  box('wall', [-2.6, 4.9, 0], [3.9, 5.4, 2.6], 0),
  box('wall', [2.1, -1, 0], [2.22, door.from, 2.6], 0.004),
  box('wall', [2.1, door.to, 0], [2.22, 4.95, 2.6], 0.004),
  box('wall', [2.1, door.from - 0.01, door.high], [2.22, door.to + 0.01, 2.6], 0.004),
  box('hall', [3.5, -1, 0], [3.9, 6, 2.6], 0),
  box('trim', [-2.1, 4.885, 0], [2.1, 4.91, 0.09], 0.004),
  box('trim', [-2.11, -1, 0], [-2.085, 4.9, 0.09], 0.004),
  box('trim', [2.085, -1, 0], [2.11, door.from - 0.08, 0.09], 0.004),
  box('trim', [2.085, door.to + 0.08, 0], [2.11, 4.9, 0.09], 0.004),
  box('trim', [2.07, door.from - 0.08, 0], [2.25, door.from, door.high + 0.07]),
  box('trim', [2.07, door.to, 0], [2.25, door.to + 0.08, door.high + 0.07]),
  box('trim', [2.07, door.from - 0.08, door.high], [2.25, door.to + 0.08, door.high + 0.07]),
  box('door', [2.28, door.to + 0.02, 0.01], [3.16, door.to + 0.06, 2.0]),
  box('metal', [3.02, door.to - 0.03, 1.02], [3.12, door.to + 0.02, 1.05], 0.01),
  box('rug', [-1.0, 2.42, -0.02], [1.0, 3.42, 0.014], 0.01),
  box('wood', [bed.left - 0.05, bed.front - 0.02, 0], [bed.left + 0.01, bed.back + 0.03, 1.02], 0.02),
  box('wood', [bed.right, bed.front - 0.02, 0], [bed.right + 0.05, bed.back + 0.03, 0.66], 0.02),
  box('wood', [bed.left, bed.front, 0.16], [bed.right, bed.front + 0.03, 0.34], 0.01),
  box('mattress', [bed.left + 0.02, bed.front + 0.01, 0.3], [bed.right - 0.01, bed.back, bed.high - 0.01], 0.05),
  box('cover', [bed.left + 0.72, bed.front - 0.03, 0.27], [bed.right, bed.back + 0.02, bed.high + 0.015], 0.05),
  box('cover', [bed.left + 0.62, bed.front - 0.035, 0.4], [bed.left + 0.92, bed.back + 0.02, bed.high + 0.04], 0.05),
  box(
    'pillow',
    [bed.left + 0.06, bed.front + 0.14, bed.high - 0.02],
    [bed.left + 0.5, bed.back - 0.1, bed.high + 0.11],
    0.06,
  ),
  box('wood', [-2.06, 3.3, 0.02], [-1.68, 3.7, 0.5], 0.01),
  box('wood', [-1.69, 3.34, 0.28], [-1.672, 3.66, 0.45], 0.004),
  box('metal', [-1.68, 3.48, 0.35], [-1.655, 3.52, 0.38], 0.01),
  box('print', [-1.98, 3.4, 0.5], [-1.78, 3.56, 0.53], 0.004),
  box('glass', [0.55, 4.88, 1.0], [1.45, 4.905, 1.95], 0),
  box('trim', [0.5, 4.86, 0.95], [1.5, 4.905, 1.0]),
  box('trim', [0.5, 4.86, 1.95], [1.5, 4.905, 2.0]),
  box('trim', [0.98, 4.87, 1.0], [1.02, 4.905, 1.95]),
  box('trim', [0.45, 4.8, 0.91], [1.55, 4.905, 0.95]),
  box('curtain', [0.26, 4.76, 0.62], [0.66, 4.82, 2.1], 0.015, 0.022),
  box('curtain', [1.34, 4.76, 0.62], [1.74, 4.82, 2.1], 0.015, 0.022),
  box('metal', [0.2, 4.78, 2.1], [1.8, 4.81, 2.13], 0.012),
  box('frame', [-1.25, 4.87, 1.25], [-0.55, 4.91, 1.75], 0.005),
  box('print', [-1.2, 4.86, 1.3], [-0.6, 4.9, 1.7], 0),
  box('seat', [0.82, 4.1, 0.42], [1.28, 4.54, 0.47], 0.02),
  box('wood', [0.82, 4.52, 0.44], [1.28, 4.56, 0.92], 0.012),
  ...(
    [
      [0.84, 4.12],
      [1.22, 4.12],
      [0.84, 4.5],
      [1.22, 4.5],
    ] as const
  ).map(([x, y]) => box('wood', [x, y, 0], [x + 0.04, y + 0.04, 0.43], 0.008)),
];

export function distanceToBlock(block: Block, x: number, y: number, z: number): number {
  const { at, half, round } = block;
  const wave = block.waves > 0 ? block.waves * Math.sin(x * 62) : 0;
  const px = Math.abs(x - at[0]) - half[0] + round;
  const py = Math.abs(y - at[1] + wave) - half[1] + round;
  const pz = Math.abs(z - at[2]) - half[2] + round;
  // Math.hypot would take most of the time of the whole drawing.
  const ox = Math.max(px, 0);
  const oy = Math.max(py, 0);
  const oz = Math.max(pz, 0);
  return Math.sqrt(ox * ox + oy * oy + oz * oz) + Math.min(0, Math.max(px, py, pz)) - round;
}

export function distanceToRoom(some: readonly Block[], x: number, y: number, z: number): number {
  let best = 1e3;
  for (const block of some) best = Math.min(best, distanceToBlock(block, x, y, z));
  return best;
}

/** The blocks whose bounding spheres come within `margin` metres of a cone of rays. */
export function blocksNear(
  all: readonly Block[],
  at: Vec3,
  way: Vec3,
  spread: number,
  margin: number,
): readonly Block[] {
  return all.filter((block) => {
    const reach = Math.hypot(...block.half);
    const x = block.at[0] - at[0];
    const y = block.at[1] - at[1];
    const z = block.at[2] - at[2];
    const along = x * way[0] + y * way[1] + z * way[2];
    const aside = Math.sqrt(Math.max(0, x * x + y * y + z * z - along * along));
    return aside < reach + margin + Math.max(0, along) * spread;
  });
}
