/** Pure. Dolls out of ellipsoids, lit by a lamp beside the lens: what has the shape of a body and is none. */
import type { Pixels } from '@nattfrid/agent/decode/frame';

/** In lengths of the whole doll, its head up: `z` towards the camera, `turn` in degrees, `grey` 0 to 1 of white. */
interface Part {
  readonly at: readonly [x: number, y: number, z: number];
  readonly size: readonly [x: number, y: number, z: number];
  readonly turn?: number;
  readonly grey: number;
}

const mirrored = (part: Part): readonly Part[] => {
  const [x, y, z] = part.at;
  return [part, { ...part, at: [-x, y, z], turn: -(part.turn ?? 0) }];
};

const teddy: readonly Part[] = [
  { at: [0, 0.12, 0], size: [0.19, 0.24, 0.16], grey: 0.55 },
  { at: [0, -0.25, 0.02], size: [0.17, 0.16, 0.15], grey: 0.55 },
  { at: [0, -0.2, 0.15], size: [0.07, 0.055, 0.06], grey: 0.75 },
  { at: [0, -0.215, 0.2], size: [0.025, 0.018, 0.02], grey: 0.1 },
  ...mirrored({ at: [0.06, -0.29, 0.14], size: [0.018, 0.018, 0.02], grey: 0.05 }),
  ...mirrored({ at: [0.14, -0.38, 0], size: [0.06, 0.06, 0.04], grey: 0.5 }),
  ...mirrored({ at: [0.24, 0.03, 0.05], size: [0.07, 0.16, 0.08], turn: -40, grey: 0.5 }),
  ...mirrored({ at: [0.15, 0.37, 0.08], size: [0.08, 0.16, 0.1], turn: -20, grey: 0.5 }),
];

/** A doll with the proportions of a child: face, hair, a dress, arms and legs. */
const girl: readonly Part[] = [
  { at: [0, -0.33, 0], size: [0.115, 0.14, 0.11], grey: 0.2 },
  { at: [0, -0.31, 0.03], size: [0.09, 0.12, 0.1], grey: 0.8 },
  ...mirrored({ at: [0.035, -0.325, 0.12], size: [0.014, 0.012, 0.02], grey: 0.1 }),
  { at: [0, -0.26, 0.12], size: [0.025, 0.008, 0.015], grey: 0.35 },
  { at: [0, -0.18, 0], size: [0.035, 0.05, 0.04], grey: 0.75 },
  { at: [0, -0.06, 0.02], size: [0.1, 0.14, 0.08], grey: 0.6 },
  { at: [0, 0.09, 0.01], size: [0.15, 0.12, 0.09], grey: 0.6 },
  ...mirrored({ at: [0.15, -0.04, 0.02], size: [0.03, 0.15, 0.035], turn: -22, grey: 0.78 }),
  ...mirrored({ at: [0.21, 0.11, 0.03], size: [0.03, 0.035, 0.03], grey: 0.8 }),
  ...mirrored({ at: [0.065, 0.27, 0.02], size: [0.042, 0.16, 0.05], grey: 0.78 }),
  ...mirrored({ at: [0.07, 0.43, 0.04], size: [0.04, 0.05, 0.07], grey: 0.3 }),
];

export const dolls = { teddy, girl } as const;
export type Doll = keyof typeof dolls;

export interface Laid {
  readonly doll: Doll;
  /** Of the picture's width and height. */
  readonly x: number;
  readonly y: number;
  /** Length of the doll as a share of the picture's height; how far it is turned clockwise, in degrees. */
  readonly long: number;
  readonly turn: number;
  /** Luma of a white surface that faces the camera there. */
  readonly white: number;
}

/** Draws into the picture. */
export function lay({ width, height, y: luma }: Pixels, { doll, x, y, long, turn, white }: Laid): void {
  const unit = long * height;
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const reach = Math.ceil(0.6 * unit);
  const [cx, cy] = [Math.round(x * width), Math.round(y * height)];
  for (let row = Math.max(0, cy - reach); row < Math.min(height, cy + reach); row++)
    for (let column = Math.max(0, cx - reach); column < Math.min(width, cx + reach); column++) {
      const [dx, dy] = [(column + 0.5 - cx) / unit, (row + 0.5 - cy) / unit];
      const light = lightAt(dolls[doll], cos * dx + sin * dy, cos * dy - sin * dx);
      if (light !== undefined) luma[row * width + column] = Math.round(16 + (white - 16) * light);
    }
}

/** Of the part that is nearest to the camera there: the lamp stands at the lens, so that a surface is as light as it faces it. */
function lightAt(parts: readonly Part[], x: number, y: number): number | undefined {
  let [nearest, light] = [Number.NEGATIVE_INFINITY, undefined as number | undefined];
  for (const { at, size, turn = 0, grey } of parts) {
    const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
    const [dx, dy] = [x - at[0], y - at[1]];
    const [u, v] = [(cos * dx + sin * dy) / size[0], (cos * dy - sin * dx) / size[1]];
    const left = 1 - u * u - v * v;
    if (left <= 0) continue;
    const w = Math.sqrt(left);
    const z = at[2] + size[2] * w;
    if (z <= nearest) continue;
    nearest = z;
    const [nx, ny, nz] = [u / size[0], v / size[1], w / size[2]];
    light = grey * (0.15 + (0.85 * nz) / Math.hypot(nx, ny, nz));
  }
  return light;
}
