/** Pure. Keyframe animation of a person: moves in sequence, each an interpolation from pose to pose or a walk along a path. */
import { type Place, type Pose, placed, placeFrom, poseBetween } from './pose.ts';
import { alive, standing } from './posture.ts';
import { smoothstep } from './vector.ts';
import { stepSeconds, walking } from './walk.ts';
import { pathThrough, shareOfPath } from './walk-path.ts';

/** The next movement, given where and how the person stands before it. */
export type Move = (from: Stance) => Motion;

export interface Stance {
  readonly place: Place;
  readonly pose: Pose;
}
export interface Motion {
  readonly lasts: number;
  poseAt(at: number): Pose;
  readonly ends: Stance;
}

/** Holds the pose. */
export const rest =
  (seconds: number): Move =>
  (from) => ({ lasts: seconds, poseAt: () => from.pose, ends: from });

/** Easing of a change of posture: `soft` begins and ends at rest, `drop` speeds up like a falling body, `land` slows down. */
export type Ease = 'soft' | 'drop' | 'land' | 'even';
const eases: Record<Ease, (share: number) => number> = {
  soft: (share) => smoothstep(0, 1, share),
  drop: (share) => share * (0.45 + 0.55 * share),
  land: (share) => 1 - (1 - share) * (1 - share),
  even: (share) => share,
};

/** Moves into a posture, whose coordinates are relative to the spot on which the person stands. */
export function movesTo(posture: Pose, seconds: number, ease: Ease = 'soft'): Move {
  return (from) => {
    const to = placed(posture, from.place);
    return {
      lasts: seconds,
      poseAt: (at) => poseBetween(from.pose, to, eases[ease](Math.min(1, at / seconds))),
      ends: { place: from.place, pose: to },
    };
  };
}

/** Moves the origin of later postures without moving the body. */
export const shiftsOrigin =
  (right: number, forward: number, turn: number): Move =>
  (from) => ({
    lasts: 0,
    poseAt: () => from.pose,
    ends: { place: placeFrom(from.place, right, forward, turn), pose: from.pose },
  });

/** Walks through points of the floor and ends facing `yaw`. */
export function walks(points: readonly (readonly [number, number])[], yaw: number, speed = 0.72): Move {
  return (from) => {
    const way = pathThrough([[from.place.x, from.place.y], ...points]);
    const moving = way.long / speed + 0.5;
    const lasts = Math.ceil((moving + stepSeconds) / stepSeconds + 1) * stepSeconds;
    const headingAt = (s: number) => way.headingAt(s);
    const first = near(from.place.yaw, headingAt(0));
    const placeAt = (at: number): Place => {
      const s = way.long * shareOfPath(Math.min(1, Math.max(0, at / moving)), 0.5 / moving);
      const [x, y] = way.at(s);
      const along = near(first, headingAt(s));
      const turned = from.place.yaw + (along - from.place.yaw) * smoothstep(0, 1.1, at + 0.3);
      const end = near(turned, yaw);
      return { x, y, yaw: turned + (end - turned) * smoothstep(moving - 0.9, moving + 0.3, at) };
    };
    const start = (at: number) => (at <= 0 ? { ...placeAt(0), yaw: from.place.yaw } : placeAt(at));
    const end = start(lasts);
    return {
      lasts,
      poseAt: (at) => poseBetween(from.pose, walking(start, lasts, at), smoothstep(0, 0.5, at)),
      ends: { place: end, pose: placed(standing, end) },
    };
  };
}

/** Turns on the spot with small steps. */
export function faces(yaw: number): Move {
  return (from) => {
    const to = near(from.place.yaw, yaw);
    const moving = 0.6 + Math.abs(to - from.place.yaw) / 70;
    const lasts = Math.ceil((moving + stepSeconds) / stepSeconds + 1) * stepSeconds;
    const way = (at: number): Place => ({
      ...from.place,
      yaw: from.place.yaw + (to - from.place.yaw) * smoothstep(0, moving, at),
    });
    const end = way(lasts);
    return { lasts, poseAt: (at) => walking(way, lasts, at), ends: { place: end, pose: placed(standing, end) } };
  };
}

/** `yaw` plus whole turns, so that it lies within half a turn of `by`. */
const near = (by: number, yaw: number) => yaw - 360 * Math.round((yaw - by) / 360);

/** All moves of one person in sequence, with breath added to every pose. */
export function motionOf(
  from: Place,
  moves: readonly Move[],
): { readonly lasts: number; readonly marks: readonly number[]; poseAt(at: number): Pose } {
  let stance: Stance = { place: from, pose: placed(standing, from) };
  const runs: { begins: number; moving: Motion }[] = [];
  let begins = 0;
  for (const move of moves) {
    const moving = move(stance);
    runs.push({ begins, moving });
    begins += moving.lasts;
    stance = moving.ends;
  }
  const last = stance.pose;
  return {
    lasts: begins,
    marks: runs.map((run) => run.begins),
    poseAt(at) {
      const run = runs.findLast((one) => one.begins <= at && at < one.begins + one.moving.lasts);
      const pose = run ? run.moving.poseAt(at - run.begins) : last;
      const breath = Math.sin((at * 2 * Math.PI) / 4.3);
      return alive(pose, breath, [0.002 * Math.sin(at * 0.9), 0.002 * Math.sin(at * 1.3), 0]);
    },
  };
}
