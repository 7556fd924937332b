/** Pure. What a night's seed varies: the client's outfit, the room mirrored or not, gain and noise of the camera. */
import type { Room } from '@nattfrid/shared/domain/room';
import { chance } from '../scene/noise.ts';
import { bedPolygon, doorPolygon } from '../scene/set.ts';
import { wardrobe } from './appearances.ts';
import type { Variation } from './compositor.ts';
import type { Night } from './script.ts';

/** Index into the wardrobe. */
export const outfitOf = (night: Night): number => night.seed % wardrobe.length;

export function variationOf({ seed }: Night): Variation {
  const random = chance(seed + 401);
  return { mirrored: random() < 0.5, noise: 1.5 + 3 * random(), gain: 0.7 + 0.5 * random(), seed };
}

/** Bed and exit in this night's room. */
export function roomOf(night: Night): Room {
  const { mirrored } = variationOf(night);
  const side = (polygon: readonly (readonly [number, number])[]) =>
    polygon.map(([x, y]) => [mirrored ? 1 - x : x, y] as const);
  return { beds: [side(bedPolygon)], exits: [side(doorPolygon)], masks: [] };
}
