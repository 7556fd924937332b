/** Pure. A person's body as some thirty capsules and ellipsoids placed on the joints, each with its material. */
import { type Arm, facing, type Joints, jointsOf, type Leg, type Pose } from './pose.ts';
import { add, between, cross, scale, sub, type Turn, turnBetween, turned, unit, type Vec3 } from './vector.ts';

export type Stuff = 'skin' | 'face' | 'hair' | 'top' | 'sleeve' | 'bottom' | 'shoe' | 'sole';

/** A tapered capsule (from a to b, radii ra and rb) or an ellipsoid (`egg`: centre a, semi-axes rx, ry, rz). */
export interface Limb {
  readonly egg: boolean;
  readonly stuff: Stuff;
  readonly ax: number;
  readonly ay: number;
  readonly az: number;
  readonly bx: number;
  readonly by: number;
  readonly bz: number;
  /** Of a capsule: 1 / length², and the radii at both ends. */
  readonly inverse: number;
  readonly ra: number;
  readonly rb: number;
  readonly rx: number;
  readonly ry: number;
  readonly rz: number;
  /** Blend radius of the smooth union with neighbours, in metres. */
  readonly blend: number;
  /** Local axes in room coordinates (right, forward, up); textures are fixed to them. */
  readonly right: Vec3;
  readonly ahead: Vec3;
  readonly up: Vec3;
  /** Bounding sphere. */
  readonly cx: number;
  readonly cy: number;
  readonly cz: number;
  readonly reach: number;
}

export interface Body {
  readonly limbs: readonly Limb[];
  readonly joints: Joints;
}

/** The shapes of a person in a pose; `stout` scales the girth of trunk and thighs, not the bones. */
export function bodyOf(pose: Pose, stout = 1): Body {
  const joints = jointsOf(pose);
  const limbs = [...trunk(pose, joints, stout), ...headOf(pose, joints)];
  for (const [side, sign] of [
    [joints.left, -1],
    [joints.right, 1],
  ] as const) {
    limbs.push(...armOf(side, pose.chest, sign), ...legOf(side, pose.hips, stout));
  }
  return { limbs, joints };
}

function trunk(pose: Pose, j: Joints, stout: number): Limb[] {
  const mid = turnBetween(pose.hips, pose.chest, 0.5);
  const at = (from: Vec3, turn: Turn, x: number, y: number, z: number) => add(from, turned(turn, [x, y, z]));
  return [
    egg(at(j.pelvis, pose.hips, 0, -0.01, 0), [0.168 * stout, 0.125 * stout, 0.14], pose.hips, 'bottom', 0.05),
    egg(at(j.pelvis, pose.hips, 0, 0.005, 0.12), [0.156 * stout, 0.122 * stout, 0.15], mid, 'top', 0.06),
    egg(at(j.waist, pose.chest, 0, 0.005, 0.06), [0.165 * stout, 0.115 * stout, 0.19], pose.chest, 'top', 0.06),
    rod(
      at(j.left.shoulder, pose.chest, 0.02, 0, 0.005),
      at(j.right.shoulder, pose.chest, -0.02, 0, 0.005),
      0.062,
      0.062,
      pose.chest,
      'top',
      0.06,
    ),
    rod(
      at(j.neck, pose.chest, 0, -0.015, -0.03),
      at(j.head, pose.head, 0, -0.015, -0.04),
      0.052,
      0.05,
      pose.head,
      'skin',
      0.03,
    ),
    rod(
      at(j.neck, pose.chest, -0.05, -0.02, -0.005),
      at(j.neck, pose.chest, 0.05, -0.02, -0.005),
      0.04,
      0.04,
      pose.chest,
      'top',
      0.03,
    ),
  ];
}

function headOf(pose: Pose, j: Joints): Limb[] {
  const at = (x: number, y: number, z: number) => add(j.head, turned(pose.head, [x, y, z]));
  const part = (x: number, y: number, z: number, size: Vec3, stuff: Stuff, blend: number) =>
    egg(at(x, y, z), size, pose.head, stuff, blend);
  return [
    part(0, 0.01, 0, [0.073, 0.09, 0.112], 'face', 0.02),
    part(0, 0.04, -0.07, [0.05, 0.048, 0.045], 'face', 0.03),
    part(0, 0.098, -0.018, [0.012, 0.018, 0.024], 'face', 0.012),
    part(-0.074, 0.0, -0.01, [0.012, 0.022, 0.032], 'face', 0.008),
    part(0.074, 0.0, -0.01, [0.012, 0.022, 0.032], 'face', 0.008),
    part(0, -0.024, 0.026, [0.088, 0.104, 0.108], 'hair', 0.004),
    part(0, 0.045, 0.098, [0.066, 0.045, 0.026], 'hair', 0.012),
  ];
}

function armOf(arm: Arm, chest: Turn, sign: number): Limb[] {
  const lower = unit(sub(arm.wrist, arm.elbow));
  const inward = turned(chest, [-sign, 0.4, 0]);
  const back = unit(cross(lower, inward));
  const palm = basis(lower, back);
  const hand = add(arm.wrist, scale(lower, 0.075));
  const thumbFrom = add(arm.wrist, scale(lower, 0.03));
  const thumbTo = add(thumbFrom, scale(lower, 0.055));
  return [
    rod(arm.shoulder, arm.elbow, 0.058, 0.046, chest, 'sleeve', 0.03),
    rod(arm.elbow, between(arm.elbow, arm.wrist, 0.86), 0.046, 0.039, chest, 'sleeve', 0.02),
    rod(between(arm.elbow, arm.wrist, 0.8), arm.wrist, 0.03, 0.027, chest, 'skin', 0.006),
    eggIn(hand, [0.042, 0.022, 0.085], palm, 'skin', 0.02),
    rod(thumbFrom, add(thumbTo, scale(palm.right, sign * -0.035)), 0.014, 0.011, chest, 'skin', 0.012),
  ];
}

function legOf(leg: Leg, hips: Turn, stout: number): Limb[] {
  const at = (x: number, y: number, z: number) => add(leg.ankle, turned(leg.foot, [x, y, z]));
  const shoe = (x: number, y: number, z: number, size: Vec3, stuff: Stuff) =>
    egg(at(x, y, z), size, leg.foot, stuff, 0.02);
  return [
    rod(leg.hip, leg.knee, 0.09 * stout, 0.064, hips, 'bottom', 0.045),
    rod(leg.knee, between(leg.knee, leg.ankle, 0.9), 0.064, 0.055, hips, 'bottom', 0.03),
    rod(between(leg.knee, leg.ankle, 0.8), leg.ankle, 0.036, 0.034, hips, 'skin', 0.006),
    shoe(0, -0.015, -0.035, [0.042, 0.062, 0.044], 'shoe'),
    shoe(0, 0.09, -0.045, [0.046, 0.098, 0.034], 'shoe'),
    shoe(0, 0.05, -0.068, [0.044, 0.125, 0.014], 'sole'),
  ];
}

interface Basis {
  readonly right: Vec3;
  readonly ahead: Vec3;
  readonly up: Vec3;
}

function basis(up: Vec3, ahead: Vec3): Basis {
  const right = unit(cross(ahead, up));
  return { right, ahead: cross(up, right), up };
}

const basisOf = (turn: Turn): Basis => ({
  right: turned(turn, [1, 0, 0]),
  ahead: facing(turn),
  up: turned(turn, [0, 0, 1]),
});

const egg = (at: Vec3, size: Vec3, turn: Turn, stuff: Stuff, blend: number) =>
  eggIn(at, size, basisOf(turn), stuff, blend);

function eggIn(at: Vec3, size: Vec3, own: Basis, stuff: Stuff, blend: number): Limb {
  const reach = Math.max(...size);
  const rest = { bx: 0, by: 0, bz: 0, inverse: 0, ra: 0, rb: 0, rx: size[0], ry: size[1], rz: size[2] };
  return { egg: true, stuff, ...here(at), ...rest, blend, ...own, cx: at[0], cy: at[1], cz: at[2], reach };
}

function rod(a: Vec3, b: Vec3, ra: number, rb: number, turn: Turn, stuff: Stuff, blend: number): Limb {
  const along = sub(b, a);
  const long = Math.hypot(...along);
  const middle = between(a, b, 0.5);
  const own = basis(scale(along, 1 / Math.max(long, 1e-6)), facing(turn));
  const rest = {
    bx: along[0],
    by: along[1],
    bz: along[2],
    inverse: 1 / Math.max(long * long, 1e-9),
    ra,
    rb,
    rx: 0,
    ry: 0,
    rz: 0,
  };
  const reach = long / 2 + Math.max(ra, rb);
  return { egg: false, stuff, ...here(a), ...rest, blend, ...own, cx: middle[0], cy: middle[1], cz: middle[2], reach };
}

const here = (a: Vec3) => ({ ax: a[0], ay: a[1], az: a[2] });
