/** Pure. Poses, and the joints that they give: forward kinematics of the spine, two-bone inverse kinematics of arms and legs. */
import {
  add,
  between,
  distance,
  dot,
  scale,
  sub,
  type Turn,
  turnBetween,
  turned,
  turns,
  undone,
  unit,
  type Vec3,
  yaw,
} from './vector.ts';

export interface Foot {
  /** The ankle, in the room. */
  readonly ankle: Vec3;
  readonly turn: Turn;
}

/** Positions and turns of a body's parts. Hands are relative to their own shoulder, along the chest's axes (right, forward, up). */
export interface Pose {
  readonly pelvis: Vec3;
  readonly hips: Turn;
  readonly chest: Turn;
  readonly head: Turn;
  readonly leftHand: Vec3;
  readonly rightHand: Vec3;
  readonly leftFoot: Foot;
  readonly rightFoot: Foot;
}

/** Lengths in metres of a person 1.68 m tall. */
export const limbs = {
  thigh: 0.42,
  shin: 0.41,
  ankle: 0.08,
  hip: 0.088,
  shoulder: 0.172,
  upperArm: 0.28,
  forearm: 0.25,
  waist: 0.24,
  ribs: 0.25,
} as const;

export interface Arm {
  readonly shoulder: Vec3;
  readonly elbow: Vec3;
  readonly wrist: Vec3;
}
export interface Leg {
  readonly hip: Vec3;
  readonly knee: Vec3;
  readonly ankle: Vec3;
  readonly foot: Turn;
}
export interface Joints {
  readonly pelvis: Vec3;
  readonly waist: Vec3;
  readonly neck: Vec3;
  readonly head: Vec3;
  readonly left: Arm & Leg;
  readonly right: Arm & Leg;
}

/** The joints of a pose. A hand or foot out of reach is placed at the limb's full length towards its goal. */
export function jointsOf(pose: Pose): Joints {
  const waist = add(pose.pelvis, turned(pose.hips, [0, 0, limbs.waist]));
  const neck = add(waist, turned(pose.chest, [0, 0, limbs.ribs]));
  const head = add(add(neck, turned(pose.chest, [0, 0.012, 0.05])), turned(pose.head, [0, 0.022, 0.115]));
  const side = (sign: -1 | 1) => ({ ...arm(pose, sign), ...leg(pose, sign) });
  return { pelvis: pose.pelvis, waist, neck, head, left: side(-1), right: side(1) };
}

export function shoulderOf(pose: Pose, sign: -1 | 1): Vec3 {
  const waist = add(pose.pelvis, turned(pose.hips, [0, 0, limbs.waist]));
  return add(waist, turned(pose.chest, [sign * limbs.shoulder, 0, limbs.ribs - 0.045]));
}

function arm(pose: Pose, sign: -1 | 1): Arm {
  const shoulder = shoulderOf(pose, sign);
  const hand = sign < 0 ? pose.leftHand : pose.rightHand;
  const goal = add(shoulder, turned(pose.chest, hand));
  const towards = turned(pose.chest, [sign * 0.45, -0.8, -0.4]);
  const { middle, end } = reach(shoulder, goal, limbs.upperArm, limbs.forearm, towards, 0.045);
  return { shoulder, elbow: middle, wrist: end };
}

function leg(pose: Pose, sign: -1 | 1): Leg {
  const hip = add(pose.pelvis, turned(pose.hips, [sign * limbs.hip, 0, -0.03]));
  const foot = sign < 0 ? pose.leftFoot : pose.rightFoot;
  const towards = add(turned(pose.hips, [sign * 0.12, 1, 0]), scale(turned(foot.turn, [0, 1, 0]), 0.4));
  const { middle, end } = reach(hip, foot.ankle, limbs.thigh, limbs.shin, towards, 0.06);
  return { hip, knee: middle, ankle: end, foot: foot.turn };
}

/** Two bones from `from` towards `goal`, bent towards a side; the middle joint is kept above the floor. */
function reach(from: Vec3, goal: Vec3, upper: number, lower: number, towards: Vec3, above: number) {
  const along = unit(sub(goal, from));
  const far = Math.min((upper + lower) * 0.998, Math.max(Math.abs(upper - lower) * 1.2, distance(from, goal)));
  const share = (upper * upper - lower * lower + far * far) / (2 * far);
  const out = Math.sqrt(Math.max(0, upper * upper - share * share));
  const middleFor = (side: Vec3) => {
    const square = unit(sub(side, scale(along, dot(side, along))));
    return add(add(from, scale(along, share)), scale(square, out));
  };
  let middle = middleFor(towards);
  for (let lift = 0.25; middle[2] < above && lift < 3; lift += 0.25)
    middle = middleFor(add(unit(towards), [0, 0, lift]));
  return { middle, end: add(from, scale(along, far)) };
}

/** The same pose with a hand at a place of the room. */
export function withHandAt(pose: Pose, side: 'left' | 'right', at: Vec3): Pose {
  const sign = side === 'left' ? -1 : 1;
  const hand = turned(undone(pose.chest), sub(at, shoulderOf(pose, sign)));
  return side === 'left' ? { ...pose, leftHand: hand } : { ...pose, rightHand: hand };
}

/** The pose `share` of the way from a to b. */
export function poseBetween(a: Pose, b: Pose, share: number): Pose {
  const foot = (p: Foot, q: Foot): Foot => ({
    ankle: between(p.ankle, q.ankle, share),
    turn: turnBetween(p.turn, q.turn, share),
  });
  return {
    pelvis: between(a.pelvis, b.pelvis, share),
    hips: turnBetween(a.hips, b.hips, share),
    chest: turnBetween(a.chest, b.chest, share),
    head: turnBetween(a.head, b.head, share),
    leftHand: between(a.leftHand, b.leftHand, share),
    rightHand: between(a.rightHand, b.rightHand, share),
    leftFoot: foot(a.leftFoot, b.leftFoot),
    rightFoot: foot(a.rightFoot, b.rightFoot),
  };
}

/** A spot on the floor and a heading in degrees: 0 away from the camera, 90 to the picture's left, 180 towards the camera. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly yaw: number;
}

/** A pose in coordinates of the origin, moved to a place. */
export function placed(pose: Pose, place: Place): Pose {
  const turn = yaw(place.yaw);
  const put = (v: Vec3): Vec3 => add(turned(turn, v), [place.x, place.y, 0]);
  const foot = (f: Foot): Foot => ({ ankle: put(f.ankle), turn: turns(turn, f.turn) });
  return {
    pelvis: put(pose.pelvis),
    hips: turns(turn, pose.hips),
    chest: turns(turn, pose.chest),
    head: turns(turn, pose.head),
    leftHand: pose.leftHand,
    rightHand: pose.rightHand,
    leftFoot: foot(pose.leftFoot),
    rightFoot: foot(pose.rightFoot),
  };
}

/** A place in coordinates of another place (right, forward, turned to the left). */
export function placeFrom(place: Place, right: number, forward: number, turn: number): Place {
  const [x, y] = turned(yaw(place.yaw), [right, forward, 0]);
  return { x: place.x + x, y: place.y + y, yaw: place.yaw + turn };
}

export const facing = (turn: Turn): Vec3 => turned(turn, [0, 1, 0]);
