/** Pure. Props modelled as ellipsoids: a blanket over a body, a heap of it, a cat, a robot vacuum, a chair. */
import type { Body, Limb } from '../scene/body.ts';
import { jointsOf } from '../scene/pose.ts';
import { standing } from '../scene/posture.ts';
import type { Vec3 } from '../scene/vector.ts';

const joints = jointsOf(standing);
const axes = { right: [1, 0, 0], ahead: [0, 1, 0], up: [0, 0, 1] } as const;

/** An ellipsoid with semi-axes `half` along the room's axes, turned about the vertical by `yaw` degrees. */
export function ellipsoid(at: Vec3, half: Vec3, yaw = 0, blend = 0.05): Limb {
  const [c, s] = [Math.cos((yaw * Math.PI) / 180), Math.sin((yaw * Math.PI) / 180)];
  const [x, y, z] = at;
  const [rx, ry, rz] = half;
  const none = { bx: 0, by: 0, bz: 0, inverse: 0, ra: 0, rb: 0 };
  const turned = { right: [c, s, 0] as Vec3, ahead: [-s, c, 0] as Vec3, up: axes.up };
  const place = { ax: x, ay: y, az: z, cx: x, cy: y, cz: z, reach: Math.max(...half) };
  return { egg: true, stuff: 'top', ...place, ...none, rx, ry, rz, blend, ...turned };
}
const body = (...limbs: readonly Limb[]): Body => ({ limbs, joints });

/** Over a body in bed with its hips at x, y. @param bent the body lies on its side with its knees drawn up */
export const blanketOver = (x: number, y: number, high: number, bent: boolean): Body =>
  body(
    ellipsoid([x - 0.28, y, high + 0.05], [0.3, bent ? 0.22 : 0.27, bent ? 0.24 : 0.17], 0, 0.1),
    ellipsoid([x + 0.05, y, high + 0.04], [0.32, bent ? 0.24 : 0.25, bent ? 0.24 : 0.16], 0, 0.1),
    ellipsoid([x + 0.4, y - (bent ? 0.16 : 0), high + 0.02], [0.34, 0.21, bent ? 0.17 : 0.13], bent ? -20 : 0, 0.1),
    ellipsoid([x + 0.72, y + (bent ? 0.05 : 0), high + 0.02], [0.22, 0.2, 0.13], 0, 0.1),
  );

/** A blanket on the floor in front of the bed. */
export const blanketHeap = (x: number, y: number): Body =>
  body(
    ellipsoid([x, y, 0.05], [0.4, 0.16, 0.09], 8, 0.08),
    ellipsoid([x + 0.3, y - 0.06, 0.06], [0.26, 0.15, 0.12], -15, 0.08),
    ellipsoid([x - 0.2, y + 0.05, 0.08], [0.2, 0.14, 0.14], 30, 0.08),
    ellipsoid([x + 0.1, y + 0.14, 0.2], [0.3, 0.09, 0.22], 0, 0.08),
  );

export function cat(x: number, y: number, yaw: number, step: number): Body {
  const [c, s] = [Math.cos((yaw * Math.PI) / 180), Math.sin((yaw * Math.PI) / 180)];
  const at = (along: number, aside: number, z: number): Vec3 => [
    x + c * along - s * aside,
    y + s * along + c * aside,
    z,
  ];
  const leg = (along: number, aside: number, phase: number) =>
    ellipsoid(at(along + 0.05 * Math.sin(step + phase), aside, 0.07), [0.025, 0.025, 0.09], yaw, 0.03);
  return body(
    ellipsoid(at(0, 0, 0.19), [0.2, 0.075, 0.085], yaw),
    ellipsoid(at(0.23, 0, 0.27), [0.06, 0.055, 0.055], yaw, 0.03),
    ellipsoid(at(0.23, 0.03, 0.33), [0.018, 0.015, 0.03], yaw, 0.01),
    ellipsoid(at(0.23, -0.03, 0.33), [0.018, 0.015, 0.03], yaw, 0.01),
    ellipsoid(at(-0.3, 0.02 * Math.sin(step / 2), 0.28), [0.14, 0.02, 0.03], yaw, 0.03),
    leg(0.13, 0.045, 0),
    leg(0.13, -0.045, Math.PI),
    leg(-0.13, 0.045, Math.PI),
    leg(-0.13, -0.045, 0),
  );
}

export const vacuum = (x: number, y: number): Body =>
  body(ellipsoid([x, y, 0.045], [0.17, 0.17, 0.045], 0, 0.01), ellipsoid([x, y, 0.085], [0.05, 0.05, 0.015], 0, 0.01));

export const chair = (x: number, y: number): Body =>
  body(
    ellipsoid([x, y, 0.45], [0.24, 0.24, 0.035], 0, 0.01),
    ellipsoid([x, y + 0.22, 0.72], [0.23, 0.025, 0.26], 0, 0.01),
    ...([-0.19, 0.19] as const).flatMap((dx) =>
      ([-0.19, 0.19] as const).map((dy) => ellipsoid([x + dx, y + dy, 0.22], [0.03, 0.03, 0.23], 0, 0.01)),
    ),
  );
