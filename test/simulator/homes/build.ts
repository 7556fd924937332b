/** Pure. How a person is built and dressed: height, girth, stoop, hair, gown, and the aid that they walk with. */
import { type Body, bodyOf, type Limb } from '../scene/body.ts';
import type { Appearance } from '../scene/body-paint.ts';
import { facing, type Joints, type Pose } from '../scene/pose.ts';
import { add, between, pitch, scale, turns, type Vec3 } from '../scene/vector.ts';
import { ellipsoid } from './shapes.ts';

export interface Build {
  /** Factor on 1.68 m. */
  readonly tall: number;
  /** Factor on the girth of trunk and thighs. */
  readonly stout: number;
  /** Degrees by which the chest leans forward in every posture. */
  readonly stoop: number;
  readonly hair: 'short' | 'long' | 'bun' | 'bald';
  readonly gown: boolean;
  readonly aid: 'none' | 'walker' | 'stick';
  readonly appearance: Appearance;
}

/** The body of such a person, in metres of a person of the usual height: `taller` makes it as tall as it is. */
export function builtBody(pose: Pose, { stout, stoop, hair, gown }: Build): Body {
  const leant =
    stoop === 0
      ? pose
      : { ...pose, chest: turns(pose.chest, pitch(stoop)), head: turns(pose.head, pitch(0.35 * stoop)) };
  const { limbs, joints } = bodyOf(leant, stout);
  const styled = limbs.filter(({ stuff }) => hair !== 'bald' || stuff !== 'hair');
  return { joints, limbs: [...styled, ...hairOf(limbs, hair), ...(gown ? gownOf(joints, stout) : [])] };
}

/** The crown of the head is the first limb of hair. */
function hairOf(limbs: readonly Limb[], hair: Build['hair']): readonly Limb[] {
  const crown = limbs.find(({ stuff }) => stuff === 'hair');
  if (!crown || hair === 'short' || hair === 'bald') return [];
  const at = (ahead: number, up: number): Vec3 =>
    add(add([crown.ax, crown.ay, crown.az], scale(crown.ahead, ahead)), scale(crown.up, up));
  const [place, half]: readonly [Vec3, Vec3] =
    hair === 'bun' ? [at(-0.11, 0.05), [0.05, 0.05, 0.05]] : [at(-0.05, -0.12), [0.095, 0.06, 0.14]];
  const { right, ahead, up } = crown;
  return [{ ...ellipsoid(place, half, 0, 0.02), stuff: 'hair', right, ahead, up }];
}

/** From the hips to below the knees. */
function gownOf({ pelvis, left, right }: Joints, stout: number): readonly Limb[] {
  const knees = between(left.knee, right.knee, 0.5);
  const shins = between(knees, between(left.ankle, right.ankle, 0.5), 0.25);
  const wide = (place: Vec3, girth: number): Limb => ellipsoid(place, [girth, girth, girth], 0, 0.14);
  return [
    wide(between(pelvis, knees, 0.3), 0.16 * stout),
    wide(between(pelvis, knees, 0.65), 0.155 * stout),
    wide(shins, 0.15 * stout),
  ];
}

/** The body, grown about the point of the floor at the middle of the room. */
export function taller({ limbs, joints }: Body, by: number): Body {
  if (by === 1) return { limbs, joints };
  const grown = (v: Vec3): Vec3 => scale(v, by);
  const side = (one: Joints['left']): Joints['left'] => ({
    ...one,
    shoulder: grown(one.shoulder),
    elbow: grown(one.elbow),
    wrist: grown(one.wrist),
    hip: grown(one.hip),
    knee: grown(one.knee),
    ankle: grown(one.ankle),
  });
  return {
    joints: {
      pelvis: grown(joints.pelvis),
      waist: grown(joints.waist),
      neck: grown(joints.neck),
      head: grown(joints.head),
      left: side(joints.left),
      right: side(joints.right),
    },
    limbs: limbs.map((limb) => ({
      ...limb,
      ...Object.fromEntries(lengths.map((name) => [name, limb[name] * by])),
      inverse: limb.inverse / (by * by),
    })),
  };
}
const lengths = [
  ...(['ax', 'ay', 'az', 'bx', 'by', 'bz', 'cx', 'cy', 'cz'] as const),
  ...(['ra', 'rb', 'rx', 'ry', 'rz', 'blend', 'reach'] as const),
];

/** Where a body faces on the floor, as a unit direction. */
export function aheadOf({ hips }: Pose): readonly [number, number] {
  const [x, y] = facing(hips);
  const long = Math.max(1e-6, Math.hypot(x, y));
  return [x / long, y / long];
}
