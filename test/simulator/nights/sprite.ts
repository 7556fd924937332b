/** Pure. Sprite: one picture of an animation as factors on the empty room's light, for the bodies and for their contact shade. */
import { firstHit, opennessBeside, paintBody } from '../scene/body-light.ts';
import type { Person } from '../scene/body-paint.ts';
import { type Camera, projectPoint, rayAt } from '../scene/camera.ts';
import { type Lamp, vignette } from '../scene/light.ts';
import { limbsInCone } from '../scene/ray-march.ts';
import { size as fineSize } from '../scene/set.ts';
import type { StillRoom } from '../scene/still-room.ts';

export const size = { width: fineSize.width, height: fineSize.height, fine: 1 } as const;
export const tile = 8;
export const greyOf = (light: Float32Array, at: number): number =>
  0.35 * light[at * 3]! + 0.5 * light[at * 3 + 1]! + 0.15 * light[at * 3 + 2]!;

/** Tile numbers, and for each pixel of each tile its light over the empty room's in 1/512; the highest bit marks a body. */
export interface Sprite {
  readonly tiles: Uint16Array;
  readonly ratios: Uint16Array;
  /** Metres from the camera to the bodies, in the middle; the nearer sprite covers the farther. */
  readonly deep: number;
}
export const bodyBit = 0x8000;
export const one = 512;

/** What a sprite is drawn before. */
export interface Backdrop {
  readonly room: StillRoom;
  readonly camera: Camera;
  readonly lamp: Lamp;
}

export function drawSprite(backdrop: Backdrop, persons: readonly Person[]): Sprite {
  const tiles = Uint16Array.from(tilesOf(backdrop.camera, persons)).sort();
  const ratios = new Uint16Array(tiles.length * tile * tile);
  const hits = { sum: 0, count: 0 };
  tiles.forEach((number, i) => {
    drawTile(backdrop, persons, number, ratios.subarray(i * tile * tile, (i + 1) * tile * tile), hits);
  });
  return { tiles, ratios, deep: hits.count > 0 ? hits.sum / hits.count : Number.POSITIVE_INFINITY };
}

const wide = size.width / tile;

function tilesOf(camera: Camera, persons: readonly Person[]): Set<number> {
  const taken = new Set<number>();
  for (const limb of persons.flatMap(({ body }) => body.limbs)) {
    const { x, y, deep } = projectPoint(camera, [limb.cx, limb.cy, limb.cz]);
    if (deep - limb.reach < 0.3) continue;
    const reach = (((limb.reach + 0.16) * camera.focal) / (deep - limb.reach)) * size.width;
    const [cx, cy] = [(x + 0.5) * size.width, y * size.width + size.height / 2];
    const from = (v: number) => Math.max(0, Math.floor((v - reach) / tile));
    const to = (v: number, all: number) => Math.min(all / tile - 1, Math.floor((v + reach) / tile));
    for (let j = from(cy); j <= to(cy, size.height); j++)
      for (let i = from(cx); i <= to(cx, size.width); i++) taken.add(j * wide + i);
  }
  return taken;
}

function drawTile(
  { room, camera, lamp }: Backdrop,
  persons: readonly Person[],
  number: number,
  into: Uint16Array,
  hits: { sum: number; count: number },
): void {
  const [left, top] = [(number % wide) * tile, Math.floor(number / wide) * tile];
  const across = (x: number) => (x + 0.5) / size.width - 0.5;
  const down = (y: number) => (y + 0.5 - size.height / 2) / size.width;
  const way = rayAt(camera, across(left + tile / 2), down(top + tile / 2));
  const spread = (tile * 0.75) / size.width / camera.focal;
  const close = persons.map(({ body }) => limbsInCone(body.limbs, camera.at, way, spread, 0.03));
  const around = persons.map(({ body }) => limbsInCone(body.limbs, camera.at, way, spread, 0.2));
  const light = new Float32Array(3);
  for (let j = 0; j < tile; j++) {
    for (let i = 0; i < tile; i++) {
      const at = (top + j) * size.width + left + i;
      const [px, py] = [across(left + i), down(top + j)];
      const ray = rayAt(camera, px, py);
      const hit = firstHit(close, camera.at, ray, room.far[at]!);
      let ratio = 0;
      if (hit) {
        const painted = { person: persons[hit.who]!, close: close[hit.who]!, around: around[hit.who]! };
        paintBody(light, 0, painted, camera.at, ray, hit.far, vignette(px, py), lamp);
        ratio = greyOf(light, 0) / Math.max(1e-4, greyOf(room.light, at));
        hits.sum += hit.far;
        hits.count++;
      } else ratio = opennessBeside(around, room, at, camera.at, ray);
      into[j * tile + i] = Math.min(bodyBit - 1, Math.round(ratio * one)) | (hit ? bodyBit : 0);
    }
  }
}
