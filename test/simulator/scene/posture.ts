/** Pure. Postures of the stories as poses at the origin that face away from the camera, in metres and degrees. */
import { type Foot, limbs, type Pose, withHandAt } from './pose.ts';
import { add, pitch, roll, type Turn, turns, type Vec3, yaw } from './vector.ts';
import { standingPelvis } from './walk.ts';

const flat = (x: number, y: number, out = 7): Foot => ({
  ankle: [x, y, limbs.ankle],
  turn: yaw(x > 0 ? -out : out),
});

export const standing: Pose = {
  pelvis: [0, 0, standingPelvis],
  hips: pitch(2),
  chest: pitch(5),
  head: pitch(7),
  leftHand: [-0.06, 0.07, -0.49],
  rightHand: [0.06, 0.07, -0.49],
  leftFoot: flat(-0.095, 0),
  rightFoot: flat(0.095, 0),
};

/** On an edge `high` above the floor behind the heels, feet where they stood. */
export function sitting(high: number): Pose {
  const pose: Pose = {
    ...standing,
    pelvis: [0, -0.4, high + 0.115],
    hips: pitch(-6),
    chest: pitch(12),
    head: pitch(10),
  };
  return handsOnThighs(pose);
}

/** Half way down or up: knees bent, leaning forward over the feet. */
export function crouching(high: number): Pose {
  const pose: Pose = {
    ...standing,
    pelvis: [0, -0.27, high + 0.3],
    hips: pitch(30),
    chest: pitch(48),
    head: pitch(22),
  };
  return withHandAt(withHandAt(pose, 'left', [-0.14, 0.08, 0.62]), 'right', [0.14, 0.08, 0.62]);
}

function handsOnThighs(pose: Pose): Pose {
  const at = (sign: number): Vec3 => [sign * 0.13, pose.pelvis[1] + 0.3, pose.pelvis[2] + 0.06];
  return withHandAt(withHandAt(pose, 'left', at(-1)), 'right', at(1));
}

/** Bent down to the floor in front of the toes, one hand reaching. */
export const reachingDown: Pose = withHandAt(
  withHandAt(
    { ...standing, pelvis: [0, -0.2, 0.62], hips: pitch(50), chest: pitch(92), head: pitch(60) },
    'left',
    [-0.16, 0.06, 0.48],
  ),
  'right',
  [0.1, 0.42, 0.1],
);

/** Something held before the chest. */
export const holding: Pose = { ...standing, head: pitch(20), rightHand: [-0.04, 0.3, -0.2] };

/** Four keyframes of a fall to the person's right: the knees give way, they fold, the hip hits the floor, the shoulder follows. */
export const falling = {
  knees: {
    ...standing,
    pelvis: [0.07, -0.06, 0.75],
    hips: turns(roll(9), pitch(4)),
    chest: turns(roll(4), pitch(24)),
    head: turns(roll(-4), pitch(20)),
    leftHand: [-0.24, 0.22, -0.3],
    rightHand: [0.24, 0.26, -0.28],
  },
  folds: withHandAt(
    {
      ...standing,
      pelvis: [0.3, -0.06, 0.46],
      hips: turns(roll(38), pitch(2)),
      chest: turns(roll(40), pitch(22)),
      head: turns(roll(22), pitch(10)),
      leftHand: [-0.34, 0.24, -0.12],
      rightHand: [0.2, 0.2, -0.3],
      leftFoot: { ankle: [-0.08, 0.04, 0.09], turn: turns(yaw(4), roll(16)) },
      rightFoot: { ankle: [0.08, 0.02, 0.085], turn: turns(yaw(-10), roll(30)) },
    },
    'right',
    [0.86, 0.16, 0.12],
  ),
  hip: withHandAt(
    {
      ...standing,
      pelvis: [0.55, -0.02, 0.17],
      hips: turns(pitch(-22), roll(80)),
      chest: turns(pitch(-8), roll(66), pitch(12)),
      head: turns(roll(52), pitch(6)),
      leftHand: [-0.26, 0.36, -0.06],
      rightHand: [0.2, 0.2, -0.3],
      leftFoot: { ankle: [-0.12, 0.14, 0.12], turn: turns(pitch(-20), roll(66)) },
      rightFoot: { ankle: [-0.02, 0.08, 0.08], turn: turns(pitch(-20), roll(80)) },
    },
    'right',
    [1.2, 0.3, 0.06],
  ),
} satisfies Record<string, Pose>;

/** On the right side, the chest open to the front by `open` degrees, head to the right, knees a little bent, one arm out. */
export function onSide(open: number, floor = 0): Pose {
  const body = turns(pitch(-open), roll(91));
  const side: Pose = {
    ...standing,
    pelvis: [0.6, 0, floor + 0.16],
    hips: body,
    chest: turns(pitch(-open - 6), roll(95)),
    head: turns(pitch(-open - 4), roll(99)),
    leftFoot: { ankle: [-0.14, 0.2, floor + 0.1], turn: turns(pitch(-open), roll(90), pitch(30)) },
    rightFoot: { ankle: [-0.18, -0.02, floor + 0.07], turn: turns(pitch(-open), roll(88), pitch(34)) },
  };
  const below = withHandAt(side, 'right', [1.3, 0.42, floor + 0.05]);
  return withHandAt(below, 'left', [0.86, 0.36, floor + 0.12]);
}

/** On the back, head to the right, arms apart, the near knee raised a little. */
export function onBack(floor: number): Pose {
  const body = turns(pitch(-84), roll(90));
  const lying: Pose = {
    ...standing,
    pelvis: [0.6, 0, floor + 0.125],
    hips: body,
    chest: turns(pitch(-84), roll(81)),
    head: turns(pitch(-84), roll(80), yaw(-18), pitch(8)),
    leftFoot: { ankle: [-0.25, -0.14, floor + 0.06], turn: toesUp(body, 12) },
    rightFoot: { ankle: [-0.23, 0.14, floor + 0.06], turn: toesUp(body, -14) },
  };
  const one = withHandAt(lying, 'right', [0.72, 0.34, floor + 0.06]);
  return withHandAt(one, 'left', [0.68, -0.06, floor + 0.27]);
}

const toesUp = (body: Turn, out: number): Turn => turns(body, yaw(out), pitch(28));

/** The posture with breath (0..1) and sway (metres) added. */
export function alive(pose: Pose, breath: number, sway: Vec3): Pose {
  return {
    ...pose,
    pelvis: add(pose.pelvis, sway),
    chest: turns(pose.chest, pitch(-0.7 * breath)),
    head: turns(pose.head, pitch(0.4 * breath)),
  };
}
