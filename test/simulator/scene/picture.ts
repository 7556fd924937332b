/** Pure. Renderer of one picture of a story: the empty room, bodies ray-marched in the tiles that they may touch, contact shade, sensor grain. */
import { firstHit, opennessBeside, paintBody } from './body-light.ts';
import type { Person } from './body-paint.ts';
import { type Camera, projectPoint, rayAt } from './camera.ts';
import { brightnessOf, vignette } from './light.ts';
import { chance } from './noise.ts';
import { limbsInCone } from './ray-march.ts';
import type { Size, StillRoom } from './still-room.ts';

/** What is constant over a clip. */
export interface Scenery {
  readonly camera: Camera;
  readonly size: Size;
  readonly room: StillRoom;
  /** 0 = grey as infrared is, 1 = full colour. */
  readonly colour: number;
}

const tile = 8;

/** @param seed of the grain @returns RGB, three bytes per pixel, row by row */
export function pictureOf(scenery: Scenery, persons: readonly Person[], seed: number): Uint8Array<ArrayBuffer> {
  const { width, height, fine } = scenery.size;
  const values = Float32Array.from(emptyValues(scenery));
  const light = new Float32Array(tile * tile * 3);
  const perTile = tile / fine;
  for (const { left, top } of tilesOf(scenery, persons)) {
    drawTile(scenery, persons, light, left, top);
    const [x, y] = [left / fine, top / fine];
    for (let j = 0; j < perTile && y + j < height; j += 1) {
      for (let i = 0; i < perTile; i += 1) valueAt(scenery, light, tile, i, j, values, (y + j) * width + x + i);
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

/** Pixel values of the empty room before the grain, cached per room. */
function emptyValues(scenery: Scenery): Float32Array {
  const known = emptied.get(scenery.room);
  if (known) return known;
  const { width, height, fine } = scenery.size;
  const values = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) valueAt(scenery, scenery.room.light, width * fine, x, y, values, y * width + x);
  }
  emptied.set(scenery.room, values);
  return values;
}

/** Downsamples one pixel: the mean light of its subpixels as values 0..255; `wide` is the row length of `light` in subpixels. */
function valueAt(
  scenery: Scenery,
  light: Float32Array,
  wide: number,
  x: number,
  y: number,
  into: Float32Array,
  dot: number,
): void {
  const { fine } = scenery.size;
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
  into[dot * 3] = brightnessOf(grey + (red * share - grey) * scenery.colour);
  into[dot * 3 + 1] = brightnessOf(grey + (green * share - grey) * scenery.colour);
  into[dot * 3 + 2] = brightnessOf(grey + (blue * share - grey) * scenery.colour);
}

/** The tiles that a body, or the shade beside it, may touch. */
function* tilesOf(scenery: Scenery, persons: readonly Person[]) {
  const wide = scenery.size.width * scenery.size.fine;
  const high = scenery.size.height * scenery.size.fine;
  const taken = new Set<number>();
  for (const limb of persons.flatMap((person) => person.body.limbs)) {
    const { x, y, deep } = projectPoint(scenery.camera, [limb.cx, limb.cy, limb.cz]);
    if (deep < 0.3) continue;
    const reach = (((limb.reach + 0.16) * scenery.camera.focal) / (deep - limb.reach)) * wide;
    const [cx, cy] = [(x + 0.5) * wide, y * wide + high / 2];
    const first = (v: number) => Math.max(0, Math.floor((v - reach) / tile));
    const last = (v: number, all: number) => Math.min(Math.ceil(all / tile) - 1, Math.floor((v + reach) / tile));
    for (let j = first(cy); j <= last(cy, high); j += 1)
      for (let i = first(cx); i <= last(cx, wide); i += 1) taken.add(j * 4096 + i);
  }
  for (const key of taken) yield { left: (key % 4096) * tile, top: Math.floor(key / 4096) * tile };
}

/** Renders one tile of subpixels into `light`, which holds this tile only. */
function drawTile(scenery: Scenery, persons: readonly Person[], light: Float32Array, left: number, top: number): void {
  const { camera, room } = scenery;
  const wide = scenery.size.width * scenery.size.fine;
  const high = scenery.size.height * scenery.size.fine;
  const way = rayAt(camera, (left + tile / 2) / wide - 0.5, (top + tile / 2 - high / 2) / wide);
  const spread = (tile * 0.75) / wide / camera.focal;
  const close = persons.map((person) => limbsInCone(person.body.limbs, camera.at, way, spread, 0.03));
  const around = persons.map((person) => limbsInCone(person.body.limbs, camera.at, way, spread, 0.2));
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
        const painted = { person: persons[hit.who]!, close: close[hit.who]!, around: around[hit.who]! };
        paintBody(light, into, painted, camera.at, ray, hit.far, vignette(px, py));
        continue;
      }
      // Contact shade varies slowly, so each second subpixel of a row stands for its neighbour too.
      if (i % 2 === 0) open = opennessBeside(around, room, at, camera.at, ray);
      for (let c = 0; c < 3; c += 1) light[into + c] = room.light[at * 3 + c]! * open;
    }
  }
}
