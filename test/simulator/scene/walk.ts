/** Pure. Procedural walk cycle: the pelvis follows a path, and each foot is planted where the body will be half a step later. */
import { type Foot, limbs, type Place, type Pose } from './pose.ts';
import { add, pitch, roll, smoothstep, turned, turns, type Vec3, yaw } from './vector.ts';

/** Seconds of one step of an old person; a path should end two steps before the walk does. */
export const stepSeconds = 0.62;

/** The pose `at` seconds into a walk that lasts `lasts` seconds along `way` (seconds to place; still before 0 and after the end). */
export function walking(way: (at: number) => Place, lasts: number, at: number): Pose {
  const place = way(at);
  const left = footAt(way, lasts, at, -1);
  const right = footAt(way, lasts, at, 1);
  const ahead = turned(yaw(-place.yaw), sub2(left.ankle, right.ankle))[1];
  const stride = Math.max(-0.5, Math.min(0.5, ahead));
  const lean = Math.min(0.02, Math.abs(stride) * 0.04);
  const middle: Vec3 = [place.x, place.y, 0];
  const pelvis = add(middle, turned(yaw(place.yaw), [0, lean, hipHeight(middle, left, right)]));
  const moving = Math.min(1, Math.abs(stride) / 0.25);
  return {
    pelvis,
    hips: turns(yaw(place.yaw - stride * 14), pitch(2)),
    chest: turns(yaw(place.yaw + stride * 12), pitch(5 + 2 * moving)),
    head: turns(yaw(place.yaw), pitch(7)),
    leftHand: [-0.06, 0.07 - stride * 0.5, -0.49 + Math.abs(stride) * 0.06],
    rightHand: [0.06, 0.07 + stride * 0.5, -0.49 + Math.abs(stride) * 0.06],
    leftFoot: left,
    rightFoot: right,
  };
}

/** As high as both legs reach, and no higher than standing. */
function hipHeight(middle: Vec3, left: Foot, right: Foot): number {
  const leg = (limbs.thigh + limbs.shin) * 0.992;
  const over = (foot: Foot) => {
    const away = Math.max(0, Math.hypot(foot.ankle[0] - middle[0], foot.ankle[1] - middle[1]) - limbs.hip);
    return foot.ankle[2] + Math.sqrt(Math.max(0.2, leg * leg - away * away));
  };
  return Math.min(standingPelvis, over(left) + 0.03, over(right) + 0.03);
}

export const standingPelvis = limbs.ankle + (limbs.thigh + limbs.shin) * 0.994 + 0.03;

const sub2 = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], 0];

/** Where a foot is: standing, heel rising, or swinging to its next spot. Left feet land at odd steps, right feet at even ones. */
function footAt(way: (at: number) => Place, lasts: number, at: number, sign: -1 | 1): Foot {
  const steps = Math.floor(lasts / stepSeconds);
  const mine = sign < 0 ? 1 : 0;
  // A foot swings during every second step; step k lasts from k to k + 1 times stepSeconds.
  const k = Math.floor(at / stepSeconds);
  const swings = (n: number) => n >= 0 && n < steps && n % 2 === mine;
  const spot = (n: number): Place => {
    let last = n;
    while (last >= 0 && !swings(last)) last -= 1;
    return last < 0 ? way(0) : way((last + 1.5) * stepSeconds);
  };
  const share = at / stepSeconds - k;
  const from = spot(k - 1);
  if (swings(k) && apart(from, spot(k)) > 0.004) return swung(from, spot(k), share, sign);
  const next = spot(k + 1);
  const rises = swings(k + 1) && Math.hypot(next.x - from.x, next.y - from.y) > 0.2 ? smoothstep(0.55, 1, share) : 0;
  return standing(from, sign, rises);
}

const apart = (a: Place, b: Place) => Math.hypot(a.x - b.x, a.y - b.y) + Math.abs(a.yaw - b.yaw) * 0.01;

function standing(spot: Place, sign: -1 | 1, rises: number): Foot {
  const ankle: Vec3 = [sign * 0.095, 0.03 * rises, limbs.ankle + 0.05 * rises];
  return { ankle: add([spot.x, spot.y, 0], turned(yaw(spot.yaw), ankle)), turn: footTurn(spot.yaw, sign, 28 * rises) };
}

function swung(from: Place, to: Place, share: number, sign: -1 | 1): Foot {
  const long = Math.hypot(to.x - from.x, to.y - from.y);
  const rose = long > 0.2 ? 1 : 0;
  const start = standing(from, sign, rose).ankle;
  const end = standing(to, sign, 0).ankle;
  const go = smoothstep(0, 1, share);
  const lift = Math.sin(Math.PI * share) * (0.02 + Math.min(0.035, long * 0.06));
  const ankle: Vec3 = [
    start[0] + (end[0] - start[0]) * go,
    start[1] + (end[1] - start[1]) * go,
    start[2] + (end[2] - start[2]) * go + lift,
  ];
  const tip =
    rose *
    (28 * (1 - smoothstep(0, 0.5, share)) - 14 * smoothstep(0.45, 0.75, share) * (1 - smoothstep(0.85, 1, share)));
  return { ankle, turn: footTurn(from.yaw + (to.yaw - from.yaw) * go, sign, tip) };
}

const footTurn = (heading: number, sign: -1 | 1, tip: number) => turns(yaw(heading - sign * 7), pitch(tip), roll(0));
