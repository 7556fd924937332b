/** Pure. Observations of model bodies for the detectors' tests: joints in metres, projected by a camera of a given height and tilt. */
import type { Gone, Joint, Observed, Person, PictureState } from '@nattfrid/shared/domain/observation';
import { type Room, unknownRoom } from '@nattfrid/shared/domain/room';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';

/** Metres: x to the right, y away from the camera, z up from the floor. */
export type Spot = readonly [x: number, y: number, z: number];
/** A posture at the origin by its midline; left and right joints lie apart along `across`. */
export interface Pose {
  readonly head: Spot;
  readonly shoulders: Spot;
  readonly hips: Spot;
  readonly knees: Spot;
  readonly ankles: Spot;
  readonly across: Spot;
}

const right: Spot = [1, 0, 0];
/** Lying flat; x, y: direction of the head on the floor. */
const flat = (x: number, y: number): Pose => ({
  head: [0.75 * x, 0.75 * y, 0.12],
  shoulders: [0.5 * x, 0.5 * y, 0.12],
  hips: [0, 0, 0.12],
  knees: [-0.42 * x, -0.42 * y, 0.1],
  ankles: [-0.83 * x, -0.83 * y, 0.06],
  across: [y, -x, 0],
});
export const poses = {
  standing: {
    head: [0, 0, 1.58],
    shoulders: [0, 0, 1.4],
    hips: [0, 0, 0.9],
    knees: [0, 0, 0.48],
    ankles: [0, 0, 0.07],
    across: right,
  },
  bending: {
    head: [0.62, 0, 0.8],
    shoulders: [0.48, 0, 0.98],
    hips: [0, 0, 0.88],
    knees: [0.02, 0, 0.48],
    ankles: [0, 0, 0.07],
    across: [0, 1, 0],
  },
  'bending to the camera': {
    head: [0, -0.62, 0.8],
    shoulders: [0, -0.48, 0.98],
    hips: [0, 0, 0.88],
    knees: [0, 0, 0.48],
    ankles: [0, 0, 0.07],
    across: right,
  },
  'sitting on a chair': {
    head: [0, -0.05, 1.2],
    shoulders: [0, 0, 1.0],
    hips: [0, 0, 0.5],
    knees: [0, -0.42, 0.48],
    ankles: [0, -0.42, 0.07],
    across: right,
  },
  'sitting on the floor': {
    head: [0, 0, 0.8],
    shoulders: [0, 0, 0.6],
    hips: [0, 0, 0.1],
    knees: [0.3, -0.25, 0.2],
    ankles: [0.1, -0.4, 0.06],
    across: right,
  },
  'slumped over the knees': {
    head: [0, -0.5, 0.6],
    shoulders: [0, -0.42, 0.72],
    hips: [0, 0, 0.5],
    knees: [0, -0.42, 0.48],
    ankles: [0, -0.42, 0.07],
    across: right,
  },
  squatting: {
    head: [0, -0.3, 0.85],
    shoulders: [0, -0.2, 0.68],
    hips: [0, 0.1, 0.25],
    knees: [0, -0.25, 0.45],
    ankles: [0, 0, 0.07],
    across: right,
  },
  kneeling: {
    head: [0, 0, 1.15],
    shoulders: [0, 0, 0.95],
    hips: [0, 0, 0.46],
    knees: [0, 0, 0.05],
    ankles: [0.0, 0.4, 0.05],
    across: right,
  },
  'on hands and knees': {
    head: [0.68, 0, 0.5],
    shoulders: [0.5, 0, 0.5],
    hips: [0, 0, 0.47],
    knees: [0, 0, 0.05],
    ankles: [-0.4, 0, 0.05],
    across: [0, 1, 0],
  },
  'lying, head to the right': flat(1, 0),
  'lying, head to the left': flat(-1, 0),
  'lying slantwise': flat(0.7, 0.7),
  'lying, head to the camera': flat(0, -1),
  'lying, head away': flat(0, 1),
  'lying on the back, knees raised': { ...flat(1, 0), knees: [-0.25, 0, 0.4], ankles: [-0.4, 0, 0.06] },
  'lying curled up': { ...flat(-1, 0), knees: [0.3, -0.3, 0.1], ankles: [0.5, 0.05, 0.08] },
} as const satisfies Record<string, Pose>;
export type PoseName = keyof typeof poses;

/** Where the camera hangs, in metres above the floor, and how far down it looks, in degrees. */
export interface View {
  readonly height: number;
  readonly down: number;
}
export const chestHigh: View = { height: 1.3, down: 6 };
export const underTheCeiling: View = { height: 2.2, down: 28 };

export const aspect = 16 / 9;
/** Focal length in picture heights: a lens of some 70 degrees across. */
const focal = 1.25;

/** Projection of a point into the picture, and its camera coordinates in metres; the camera stands at the origin and looks along y. */
export function project([x, y, z]: Spot, { height, down }: View) {
  const [cos, sin] = [Math.cos((down * Math.PI) / 180), Math.sin((down * Math.PI) / 180)];
  const [rise, depth] = [(z - height) * cos + y * sin, y * cos - (z - height) * sin];
  const seen: Spot = [x, -rise, depth];
  return { x: 0.5 + (focal * x) / depth / aspect, y: 0.5 - (focal * rise) / depth, seen };
}

/** A room with one bed straight ahead, 2 m wide, 1 m deep and half a metre high. @param from its near edge, in metres from the camera */
export const roomWithBed = (from = 4, view = chestHigh): Room => {
  const top: readonly Spot[] = [
    [-1, from, 0.5],
    [1, from, 0.5],
    [1, from + 1, 0.5],
    [-1, from + 1, 0.5],
  ];
  return { ...unknownRoom, beds: [top.map((spot) => project(spot, view)).map(({ x, y }) => [x, y] as const)] };
};

/** @param given `at`: the body's middle on the floor, where z lifts it onto a bed */
export function aPerson(
  pose: Pose,
  given: { at?: Spot; view?: View; track?: number; certainty?: number; unseenFor?: number } = {},
): Person {
  const { at = [0, 3.5, 0], view = chestHigh, track = 1, certainty = 0.9, unseenFor = 0 } = given;
  const seen = (spot: Spot, side = 0, half = 0) =>
    project(
      [at[0] + spot[0] + side * half * pose.across[0], at[1] + spot[1] + side * half * pose.across[1], at[2] + spot[2]],
      view,
    );
  const joints: Joint[] = Array.from({ length: 33 }, () => ({ x: 0, y: 0, certainty: 0 }));
  const middle = seen(pose.hips).seen;
  const put = (index: number, { x, y, seen: [right, below, away] }: ReturnType<typeof project>) => {
    joints[index] = { x, y, certainty: 0.9, world: [right - middle[0], below - middle[1], away - middle[2]] };
  };
  put(0, seen(pose.head));
  for (const [spot, half, left] of [
    [pose.shoulders, 0.18, 11],
    [pose.hips, 0.11, 23],
    [pose.knees, 0.1, 25],
    [pose.ankles, 0.1, 27],
  ] as const) {
    put(left, seen(spot, 1, half));
    put(left + 1, seen(spot, -1, half));
  }
  const [xs, ys] = [joints, joints].map((all, which) =>
    all.filter((one) => one.certainty > 0).map((one) => (which ? one.y : one.x)),
  );
  const [left, top] = [Math.min(...xs!) - 0.02, Math.min(...ys!) - 0.03];
  const box = { x: left, y: top, width: Math.max(...xs!) + 0.02 - left, height: Math.max(...ys!) + 0.03 - top };
  return { track, box, certainty, joints, unseenFor: milliseconds(unseenFor) };
}

const wellLit: PictureState = { brightness: 0.4, contrast: 0.2, changed: 0.05, known: 0.8, aspect, alive: true };

/** @param time in seconds. */
export const observed = (
  time: number,
  persons: readonly Person[],
  more: { gone?: readonly Gone[]; picture?: Partial<PictureState> } = {},
): Observed => ({
  type: 'observed',
  at: instant(time * 1000),
  persons,
  picture: { ...wellLit, ...more.picture },
  ...(more.gone && { gone: more.gone }),
});

/** The same observation ten times a second. @param from seconds, as is `to` */
export const during = (
  from: number,
  to: number,
  persons: readonly Person[],
  more: Parameters<typeof observed>[2] = {},
): readonly Observed[] =>
  Array.from({ length: Math.max(1, Math.round((to - from) * 10)) }, (_, index) =>
    observed(from + index / 10, persons, more),
  );
