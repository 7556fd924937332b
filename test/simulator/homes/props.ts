/** Pure. Things that move or are moved: blankets, pets, a robot vacuum, a chair, a walker and a stick. */
import type { Body } from '../scene/body.ts';
import type { Vec3 } from '../scene/vector.ts';
import { ellipsoid, headed, thing } from './shapes.ts';

/** `thick`: factor on the height of the bulge, `lumpy`: metres by which a quilt's own folds stand up. `covers`: how far up the body it reaches. */
export interface Blanket {
  readonly thick: number;
  readonly wide: number;
  readonly lumpy: number;
  readonly covers: 'chin' | 'chest' | 'waist';
  /** Left lying as a bulge on the bed by whoever gets up. */
  readonly staysRumpled: boolean;
}

/** Metres from the hips towards the head at which the blanket ends. */
export const blanketEdge: Readonly<Record<Blanket['covers'], number>> = { chin: 0.5, chest: 0.36, waist: 0.06 };

/**
 * Over a body in bed with its hips at x, y and its head towards smaller x.
 * @param bent the body lies on its side with its knees drawn up
 * @param breath -1..1: the bulge rises and falls by some millimetres
 */
export function blanketOver(x: number, y: number, high: number, bent: boolean, blanket: Blanket, breath = 0): Body {
  const { thick, wide, lumpy, covers } = blanket;
  const up = (z: number, breathes = 0) => z * thick + 0.006 * breath * breathes;
  const chest = ellipsoid(
    [x - 0.28, y, high + 0.05],
    [0.3, (bent ? 0.22 : 0.27) * wide, up(bent ? 0.24 : 0.17, 1)],
    0,
    0.1,
  );
  const lumps = [0, 1, 2].map((i) =>
    ellipsoid([x - 0.2 + 0.42 * i, y + (i % 2 ? -0.17 : 0.19), high + 0.03], [0.24, 0.13, 0.08 + lumpy], 35 * i, 0.1),
  );
  return thing(
    ...(covers === 'waist' ? [] : [chest]),
    ellipsoid([x + 0.05, y, high + 0.04], [0.32, (bent ? 0.24 : 0.25) * wide, up(bent ? 0.24 : 0.16, 0.6)], 0, 0.1),
    ellipsoid(
      [x + 0.4, y - (bent ? 0.16 : 0), high + 0.02],
      [0.34, 0.21 * wide, up(bent ? 0.17 : 0.13)],
      bent ? -20 : 0,
      0.1,
    ),
    ellipsoid([x + 0.72, y + (bent ? 0.05 : 0), high + 0.02], [0.22, 0.2 * wide, up(0.13)], 0, 0.1),
    ...(lumpy > 0 ? lumps : []),
  );
}

/** Thrown back on the bed: a bulge as long as a body. */
export const blanketAside = (x: number, y: number, high: number, { thick, lumpy }: Blanket): Body =>
  thing(
    ellipsoid([x + 0.1, y, high + 0.03], [0.42, 0.15, 0.1 * thick + lumpy], 12, 0.1),
    ellipsoid([x + 0.6, y - 0.06, high + 0.03], [0.3, 0.2, 0.12 * thick + lumpy], -25, 0.1),
    ellipsoid([x - 0.15, y + 0.06, high + 0.02], [0.2, 0.12, 0.14 * thick], 40, 0.1),
  );

/** A blanket on the floor. */
export const blanketHeap = (x: number, y: number, yaw = 0): Body => {
  const at = headed(x, y, yaw);
  return thing(
    ellipsoid(at(0, 0, 0.05), [0.4, 0.16, 0.09], yaw + 8, 0.08),
    ellipsoid(at(0.3, -0.06, 0.06), [0.26, 0.15, 0.12], yaw - 15, 0.08),
    ellipsoid(at(-0.2, 0.05, 0.08), [0.2, 0.14, 0.14], yaw + 30, 0.08),
    ellipsoid(at(0.1, 0.14, 0.2), [0.3, 0.09, 0.22], yaw, 0.08),
  );
};

/** A cat or a small dog. @param big factor on a cat's size */
export function pet(x: number, y: number, yaw: number, step: number, big = 1): Body {
  const headedAt = headed(x, y, yaw);
  const at = (along: number, aside: number, z: number): Vec3 => headedAt(along * big, aside * big, z * big);
  const egg = (place: Vec3, [a, b, c]: Vec3, blend = 0.05) => ellipsoid(place, [a * big, b * big, c * big], yaw, blend);
  const leg = (along: number, aside: number, phase: number) =>
    egg(at(along + 0.05 * Math.sin(step + phase), aside, 0.07), [0.025, 0.025, 0.09], 0.03);
  return thing(
    egg(at(0, 0, 0.19), [0.2, 0.075, 0.085]),
    egg(at(0.23, 0, 0.27), [0.06, 0.055, 0.055], 0.03),
    egg(at(0.23, 0.03, 0.33), [0.018, 0.015, 0.03], 0.01),
    egg(at(0.23, -0.03, 0.33), [0.018, 0.015, 0.03], 0.01),
    egg(at(-0.28, 0.02 * Math.sin(step / 2), 0.24), [0.14, 0.02, 0.03], 0.05),
    leg(0.13, 0.045, 0),
    leg(0.13, -0.045, Math.PI),
    leg(-0.13, 0.045, Math.PI),
    leg(-0.13, -0.045, 0),
  );
}

export const vacuum = (x: number, y: number): Body =>
  thing(ellipsoid([x, y, 0.045], [0.17, 0.17, 0.045], 0, 0.01), ellipsoid([x, y, 0.085], [0.05, 0.05, 0.015], 0, 0.01));

export const chair = (x: number, y: number): Body =>
  thing(
    ellipsoid([x, y, 0.45], [0.24, 0.24, 0.035], 0, 0.01),
    ellipsoid([x, y + 0.22, 0.72], [0.23, 0.025, 0.26], 0, 0.01),
    ...([-0.19, 0.19] as const).flatMap((dx) =>
      ([-0.19, 0.19] as const).map((dy) => ellipsoid([x + dx, y + dy, 0.22], [0.03, 0.03, 0.23], 0, 0.01)),
    ),
  );

/** A walker with four legs and two handles; whoever pushes it stands behind its middle. */
export function walker(x: number, y: number, yaw: number): Body {
  const at = headed(x, y, yaw);
  const bar = (along: number, aside: number, z: number, half: Vec3) => ellipsoid(at(along, aside, z), half, yaw, 0.01);
  return thing(
    ...([-0.22, 0.22] as const).flatMap((aside) => [
      bar(0, aside, 0.9, [0.16, 0.018, 0.018]),
      bar(-0.16, aside, 0.45, [0.018, 0.018, 0.45]),
      bar(0.16, aside, 0.45, [0.018, 0.018, 0.45]),
    ]),
    bar(0.16, 0, 0.62, [0.02, 0.22, 0.02]),
    bar(0.02, 0, 0.5, [0.12, 0.2, 0.02]),
  );
}

export const stick = ([x, y, z]: Vec3): Body => thing(ellipsoid([x, y, z / 2], [0.014, 0.014, z / 2], 0, 0.005));
