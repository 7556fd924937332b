/** Pure. Bodies of things, modelled as ellipsoids: what pets, blankets, chairs and walking aids are made of. */
import type { Body, Limb } from '../scene/body.ts';
import { jointsOf } from '../scene/pose.ts';
import { standing } from '../scene/posture.ts';
import type { Vec3 } from '../scene/vector.ts';

const joints = jointsOf(standing);

/** An ellipsoid with semi-axes `half` along the room's axes, turned about the vertical by `yaw` degrees. */
export function ellipsoid(at: Vec3, half: Vec3, yaw = 0, blend = 0.05): Limb {
  const [c, s] = [Math.cos((yaw * Math.PI) / 180), Math.sin((yaw * Math.PI) / 180)];
  const [x, y, z] = at;
  const [rx, ry, rz] = half;
  const none = { bx: 0, by: 0, bz: 0, inverse: 0, ra: 0, rb: 0 };
  const turned = { right: [c, s, 0] as Vec3, ahead: [-s, c, 0] as Vec3, up: [0, 0, 1] as Vec3 };
  const place = { ax: x, ay: y, az: z, cx: x, cy: y, cz: z, reach: Math.max(...half) };
  return { egg: true, stuff: 'top', ...place, ...none, rx, ry, rz, blend, ...turned };
}

/** A thing has no joints of its own; those that the type asks for say nothing. */
export const thing = (...limbs: readonly Limb[]): Body => ({ limbs, joints });

/** Coordinates along and beside a heading: degrees, 0 along x. */
export function headed(x: number, y: number, yaw: number): (along: number, aside: number, z: number) => Vec3 {
  const [c, s] = [Math.cos((yaw * Math.PI) / 180), Math.sin((yaw * Math.PI) / 180)];
  return (along, aside, z) => [x + c * along - s * aside, y + s * along + c * aside, z];
}
