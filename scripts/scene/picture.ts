/** Pure. One picture of a story: the still room, the bodies of that moment marched inside their own part of it, shadows of contact, grain. */
import type { Body, Limb } from './body.ts';
import { type Camera, rayAt, seenAt } from './camera.ts';
import { brightnessOf, lightOn, vignette } from './light.ts';
import { marched, nearCone, nearestLimb, toBody } from './march.ts';
import { bumps, chance } from './noise.ts';
import { bodyPaint, type Looks } from './paint.ts';
import { facingOf, openAt, type Size, type StillRoom } from './still-room.ts';
import { dot, type Vec3 } from './vector.ts';

export interface Person {
  readonly body: Body;
  readonly looks: Looks;
}
export interface Set {
  readonly camera: Camera;
  readonly size: Size;
  readonly room: StillRoom;
  /** 0 = grey as infrared is, 1 = full colour. */
  readonly colour: number;
}

const tile = 16;

/** RGB, three bytes a dot, row by row. `seed` chooses the grain. */
export function pictureOf(set: Set, persons: readonly Person[], seed: number): Uint8Array<ArrayBuffer> {
  const { width, height, fine } = set.size;
  const values = Float32Array.from(emptyValues(set));
  const light = new Float32Array(tile * tile * 3);
  const perTile = tile / fine;
  for (const { left, top } of tilesOf(set, persons)) {
    drawTile(set, persons, light, left, top);
    const [x, y] = [left / fine, top / fine];
    for (let j = 0; j < perTile && y + j < height; j += 1) {
      for (let i = 0; i < perTile; i += 1) valueAt(set, light, tile, i, j, values, (y + j) * width + x + i);
    }
  }
  return withGrain(values, seed);
}

function withGrain(values: Float32Array, seed: number): Uint8Array<ArrayBuffer> {
  const picture = new Uint8Array(values.length);
  const random = chance(seed);
  for (let at = 0; at < values.length; at += 3) {
    const grain = (random() + random() - 1) * 6;
    for (let i = at; i < at + 3; i += 1) picture[i] = Math.max(0, Math.min(255, values[i]! + grain));
  }
  return picture;
}

const emptied = new WeakMap<StillRoom, Float32Array>();

/** The empty room as a picture's values, before the grain; kept, since it never changes. */
function emptyValues(set: Set): Float32Array {
  const known = emptied.get(set.room);
  if (known) return known;
  const { width, height, fine } = set.size;
  const values = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) valueAt(set, set.room.light, width * fine, x, y, values, y * width + x);
  }
  emptied.set(set.room, values);
  return values;
}

/** One dot of the picture: the mean light of its fine dots in a field `wide` fine dots wide, as values 0..255. */
function valueAt(
  set: Set,
  light: Float32Array,
  wide: number,
  x: number,
  y: number,
  into: Float32Array,
  dot: number,
): void {
  const { fine } = set.size;
  let [red, green, blue] = [0, 0, 0];
  for (let j = 0; j < fine; j += 1) {
    for (let i = 0; i < fine; i += 1) {
      const at = ((y * fine + j) * wide + x * fine + i) * 3;
      red += light[at]!;
      green += light[at + 1]!;
      blue += light[at + 2]!;
    }
  }
  const share = 1 / (fine * fine);
  const grey = (0.35 * red + 0.5 * green + 0.15 * blue) * share;
  into[dot * 3] = brightnessOf(grey + (red * share - grey) * set.colour);
  into[dot * 3 + 1] = brightnessOf(grey + (green * share - grey) * set.colour);
  into[dot * 3 + 2] = brightnessOf(grey + (blue * share - grey) * set.colour);
}

/** The tiles in which a body, or the shade beside it, can be. */
function* tilesOf(set: Set, persons: readonly Person[]) {
  const wide = set.size.width * set.size.fine;
  const high = set.size.height * set.size.fine;
  const taken = new globalThis.Set<number>();
  for (const limb of persons.flatMap((person) => person.body.limbs)) {
    const { x, y, deep } = seenAt(set.camera, [limb.cx, limb.cy, limb.cz]);
    if (deep < 0.3) continue;
    const reach = (((limb.reach + 0.16) * set.camera.focal) / (deep - limb.reach)) * wide;
    const [cx, cy] = [(x + 0.5) * wide, y * wide + high / 2];
    const first = (v: number) => Math.max(0, Math.floor((v - reach) / tile));
    const last = (v: number, all: number) => Math.min(Math.ceil(all / tile) - 1, Math.floor((v + reach) / tile));
    for (let j = first(cy); j <= last(cy, high); j += 1)
      for (let i = first(cx); i <= last(cx, wide); i += 1) taken.add(j * 4096 + i);
  }
  for (const key of taken) yield { left: (key % 4096) * tile, top: Math.floor(key / 4096) * tile };
}

/** Draws a tile of fine dots into `light`, which holds just this tile. */
function drawTile(set: Set, persons: readonly Person[], light: Float32Array, left: number, top: number): void {
  const { camera, room } = set;
  const wide = set.size.width * set.size.fine;
  const high = set.size.height * set.size.fine;
  const way = rayAt(camera, (left + tile / 2) / wide - 0.5, (top + tile / 2 - high / 2) / wide);
  const spread = (tile * 0.75) / wide / camera.focal;
  const close = persons.map((person) => nearCone(person.body.limbs, camera.at, way, spread, 0.03));
  const around = persons.map((person) => nearCone(person.body.limbs, camera.at, way, spread, 0.2));
  let open = 1;
  for (let j = 0; j < tile && top + j < high; j += 1) {
    for (let i = 0; i < tile; i += 1) {
      const at = (top + j) * wide + left + i;
      const into = (j * tile + i) * 3;
      const px = (left + i + 0.5) / wide - 0.5;
      const py = (top + j + 0.5 - high / 2) / wide;
      const ray = rayAt(camera, px, py);
      const hit = firstHit(close, camera.at, ray, room.far[at]!);
      if (hit) {
        paintBody(light, into, persons[hit.who]!, around[hit.who]!, camera.at, ray, hit.far, vignette(px, py));
        continue;
      }
      // Shade is soft, so every second dot of a row answers for its neighbour too.
      if (i % 2 === 0) open = openTo(around, room, at, camera.at, ray);
      for (let c = 0; c < 3; c += 1) light[into + c] = room.light[at * 3 + c]! * open;
    }
  }
}

function firstHit(close: readonly (readonly Limb[])[], from: Vec3, ray: Vec3, until: number) {
  let best: { who: number; far: number } | undefined;
  for (let who = 0; who < close.length; who += 1) {
    if (close[who]!.length === 0) continue;
    const far = marched(close[who]!, from[0], from[1], from[2], ray[0], ray[1], ray[2], best?.far ?? until);
    if (far !== undefined) best = { who, far };
  }
  return best;
}

function paintBody(
  light: Float32Array,
  at: number,
  person: Person,
  limbs: readonly Limb[],
  from: Vec3,
  ray: Vec3,
  far: number,
  dim: number,
) {
  const x = from[0] + ray[0] * far;
  const y = from[1] + ray[1] * far;
  const z = from[2] + ray[2] * far;
  const field = (a: number, b: number, c: number) => Math.min(toBody(limbs, a, b, c), Math.max(c, 0) * 1.5 + 0.02);
  const own = nearestLimb(limbs, x, y, z);
  const smooth = facingOf((a, b, c) => toBody(limbs, a, b, c), x, y, z, 0.003);
  const facing = own.stuff === 'face' || own.stuff === 'skin' ? smooth : creased(own, smooth, x, y, z);
  const paint = bodyPaint(person.looks, person.body, own, [x, y, z]);
  const bright = lightOn(facing, ray, far, openAt(field, x, y, z, smooth, 0.16)) * dim;
  for (let i = 0; i < 3; i += 1) light[at + i] = paint[i]! * bright;
}

/** Folds of cloth: the way it faces, disturbed by soft bumps that run across the limb. */
function creased(limb: Limb, facing: Vec3, x: number, y: number, z: number): Vec3 {
  const away: Vec3 = [x - limb.ax, y - limb.ay, z - limb.az];
  const u = dot(away, limb.right) * 14;
  const v = dot(away, limb.ahead) * 14;
  const w = dot(away, limb.up) * 20;
  const deep = limb.stuff === 'hair' ? 0.5 : 0.34;
  const along = deep * bumps(u, v, w + 0.6 * u, 31);
  const aside = deep * 0.7 * bumps(u + 9, v, w, 32);
  const n = [0, 1, 2].map((i) => facing[i]! + limb.up[i]! * along + limb.right[i]! * aside);
  const long = Math.hypot(...n);
  return [n[0]! / long, n[1]! / long, n[2]! / long];
}

/** How open (0..1) a dot of the room is to its surroundings where a body is close: contact with floor, bed and wall. */
function openTo(around: readonly (readonly Limb[])[], room: StillRoom, at: number, from: Vec3, ray: Vec3): number {
  const far = room.far[at]!;
  const [nx, ny, nz] = [room.normal[at * 3]!, room.normal[at * 3 + 1]!, room.normal[at * 3 + 2]!];
  let open = 1;
  for (const limbs of around) {
    if (limbs.length === 0) continue;
    const x = from[0] + ray[0] * far;
    const y = from[1] + ray[1] * far;
    const z = from[2] + ray[2] * far;
    if (toBody(limbs, x, y, z) > 0.25) continue;
    for (const h of [0.03, 0.09, 0.2]) {
      const gap = toBody(limbs, x + nx * h, y + ny * h, z + nz * h);
      open *= 1 - 0.34 * Math.max(0, Math.min(1, (h - gap) / h));
    }
  }
  return open;
}
