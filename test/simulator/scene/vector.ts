/** Pure. Points, directions and turns in the drawn room: metres, x to the right, y away from the camera, z up. */

export type Vec3 = readonly [number, number, number];

/** A turn as a unit quaternion, w first. */
export type Turn = readonly [number, number, number, number];

export const noTurn: Turn = [1, 0, 0, 0];

export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const sub = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vec3, by: number): Vec3 => [a[0] * by, a[1] * by, a[2] * by];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const length = (a: Vec3): number => Math.sqrt(dot(a, a));
export const distance = (a: Vec3, b: Vec3): number => length(sub(a, b));
export const unit = (a: Vec3): Vec3 => scale(a, 1 / Math.max(length(a), 1e-9));

export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** The point `share` (0..1) of the way from a to b. */
export const between = (a: Vec3, b: Vec3, share: number): Vec3 => add(a, scale(sub(b, a), share));

/** A turn of `degrees` round an axis, right-handed. */
export function turnAbout(axis: Vec3, degrees: number): Turn {
  const half = (degrees * Math.PI) / 360;
  const [x, y, z] = scale(unit(axis), Math.sin(half));
  return [Math.cos(half), x, y, z];
}

/** Leaning forward (chest towards the knees). */
export const pitch = (degrees: number): Turn => turnAbout([1, 0, 0], -degrees);
/** Leaning to one's own right. */
export const roll = (degrees: number): Turn => turnAbout([0, 1, 0], degrees);
/** Turning to one's own left. */
export const yaw = (degrees: number): Turn => turnAbout([0, 0, 1], degrees);

/** First the last turn, then the one before it, and so on, as matrices multiply. */
export function turns(...all: readonly Turn[]): Turn {
  return all.reduce((a, b) => [
    a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3],
    a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2],
    a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1],
    a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0],
  ]);
}

export const undone = (turn: Turn): Turn => [turn[0], -turn[1], -turn[2], -turn[3]];

export function turned(turn: Turn, v: Vec3): Vec3 {
  const axis: Vec3 = [turn[1], turn[2], turn[3]];
  const twice = scale(cross(axis, v), 2);
  return add(v, add(scale(twice, turn[0]), cross(axis, twice)));
}

/** The turn `share` of the way, the shorter way round (spherical interpolation, Shoemake 1985). */
export function turnBetween(a: Turn, b: Turn, share: number): Turn {
  const along = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  const sign = along < 0 ? -1 : 1;
  const angle = Math.acos(Math.min(1, along * sign));
  const near = angle < 1e-4;
  const p = near ? 1 - share : Math.sin((1 - share) * angle) / Math.sin(angle);
  const q = (near ? share : Math.sin(share * angle) / Math.sin(angle)) * sign;
  const mixed = [a[0] * p + b[0] * q, a[1] * p + b[1] * q, a[2] * p + b[2] * q, a[3] * p + b[3] * q] as const;
  const size = Math.hypot(...mixed);
  return [mixed[0] / size, mixed[1] / size, mixed[2] / size, mixed[3] / size];
}

/** Cubic Hermite step: 0 below `from`, 1 above `to`. */
export function smoothstep(from: number, to: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}
