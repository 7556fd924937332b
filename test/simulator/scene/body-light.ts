/** Pure. Shading of a body at the hit point of a ray, and its ambient occlusion on the room beside it. */
import type { Limb } from './body.ts';
import { bodyPaint, type Person } from './body-paint.ts';
import { normalOf, opennessAt } from './distance-field.ts';
import { lightOn, nightLamp } from './light.ts';
import { valueNoise } from './noise.ts';
import { distanceToBody, marchRay, nearestLimb } from './ray-march.ts';
import type { StillRoom } from './still-room.ts';
import { dot, type Vec3 } from './vector.ts';

/** The first body that a ray hits, and its distance in metres; undefined where it hits none before `until`. */
export function firstHit(close: readonly (readonly Limb[])[], from: Vec3, ray: Vec3, until: number) {
  let best: { who: number; far: number } | undefined;
  for (let who = 0; who < close.length; who += 1) {
    if (close[who]!.length === 0) continue;
    const far = marchRay(close[who]!, from[0], from[1], from[2], ray[0], ray[1], ray[2], best?.far ?? until);
    if (far !== undefined) best = { who, far };
  }
  return best;
}

/** Writes the reflected light of a body into subpixel `at` of a tile; `close` are the shapes on the ray, `around` those that may occlude. */
export function paintBody(
  light: Float32Array,
  at: number,
  { person, close, around }: { person: Person; close: readonly Limb[]; around: readonly Limb[] },
  from: Vec3,
  ray: Vec3,
  far: number,
  dim: number,
  lamp = nightLamp,
) {
  const x = from[0] + ray[0] * far;
  const y = from[1] + ray[1] * far;
  const z = from[2] + ray[2] * far;
  const field = (a: number, b: number, c: number) =>
    Math.min(distanceToBody(around, a, b, c), Math.max(c, 0) * 1.5 + 0.02);
  const own = nearestLimb(close, x, y, z);
  const smooth = normalOf((a, b, c) => distanceToBody(close, a, b, c), x, y, z, 0.003);
  const facing = own.stuff === 'face' || own.stuff === 'skin' ? smooth : creased(own, smooth, x, y, z);
  const paint = bodyPaint(person.appearance, person.body, own, [x, y, z]);
  const bright = lightOn(facing, ray, far, opennessAt(field, x, y, z, smooth, 0.16), lamp) * dim;
  for (let i = 0; i < 3; i += 1) light[at + i] = paint[i]! * bright;
}

/** Bump mapping for folds of cloth: value noise across the limb disturbs the surface normal. */
function creased(limb: Limb, facing: Vec3, x: number, y: number, z: number): Vec3 {
  const away: Vec3 = [x - limb.ax, y - limb.ay, z - limb.az];
  const u = dot(away, limb.right) * 14;
  const v = dot(away, limb.ahead) * 14;
  const w = dot(away, limb.up) * 20;
  const deep = limb.stuff === 'hair' ? 0.5 : 0.34;
  const along = deep * valueNoise(u, v, w + 0.6 * u, 31);
  const aside = deep * 0.7 * valueNoise(u + 9, v, w, 32);
  const nx = facing[0] + limb.up[0] * along + limb.right[0] * aside;
  const ny = facing[1] + limb.up[1] * along + limb.right[1] * aside;
  const nz = facing[2] + limb.up[2] * along + limb.right[2] * aside;
  const long = Math.sqrt(nx * nx + ny * ny + nz * nz);
  return [nx / long, ny / long, nz / long];
}

/** Ambient occlusion (1: none, 0: full) of a subpixel of the room by bodies close to it: the contact shade on floor, bed and wall. */
export function opennessBeside(
  around: readonly (readonly Limb[])[],
  room: StillRoom,
  at: number,
  from: Vec3,
  ray: Vec3,
): number {
  const far = room.far[at]!;
  const [nx, ny, nz] = [room.normal[at * 3]!, room.normal[at * 3 + 1]!, room.normal[at * 3 + 2]!];
  let open = 1;
  for (const limbs of around) {
    if (limbs.length === 0) continue;
    const x = from[0] + ray[0] * far;
    const y = from[1] + ray[1] * far;
    const z = from[2] + ray[2] * far;
    if (distanceToBody(limbs, x, y, z) > 0.25) continue;
    for (const h of [0.03, 0.09, 0.2]) {
      const gap = distanceToBody(limbs, x + nx * h, y + ny * h, z + nz * h);
      open *= 1 - 0.34 * Math.max(0, Math.min(1, (h - gap) / h));
    }
  }
  return open;
}
