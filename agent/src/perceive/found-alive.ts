/**
 * Pure. Whether somebody who never came and never moved is somebody: something in their place lives, or they lie in a marked bed and are
 * as long as a body. What does neither is a doll, a coat, a heap, whatever the models say of it.
 */
import { type Box, contains, type Polygon } from '@nattfrid/shared/domain/geometry';
import { boundingBox } from '@nattfrid/shared/domain/outline';
import type { SceneChange } from './background.ts';
import { shareIn } from './cells.ts';
import { type Life, lifeIn } from './life.ts';
import { secondsUnseen, type Track, type TrackerInput } from './track.ts';

/** Share of a box that lives, from which it is a body: one that sleeps under a blanket has a hundredth. */
const leastLife = 0.006;
/** A body against its bed, corner to corner: one that is curled up is half as long, a doll a third. */
const leastLong = 0.45;

/** True where nothing measures what lives. */
export function isFoundAlive(track: Track, { beds = [], life, at, aspect }: TrackerInput): boolean {
  if (!life) return true;
  return (
    secondsUnseen(track, at) === 0 && (livesIn(track.box, life) || beds.some((bed) => fills(track.box, bed, aspect)))
  );
}

/**
 * Whether something has just come to rest there: a body that falls and is found anew where it lies has come, however still it is.
 * Not where the whole room has changed, as when a lamp or infrared takes over.
 */
export function cameToRest(box: Box, { stillFor, change: { width, height }, relit }: SceneChange): boolean {
  if (relit) return false;
  const lately = (where: Box) => shareIn(where, width, height, (cell) => stillFor[cell]! < justNow);
  return lately(box) > 0.15 && lately({ x: 0, y: 0, width: 1, height: 1 }) < 0.4;
}
/** Seconds: a fall, and what the models need to find the body afterwards. */
const justNow = 5;

export const livesIn = (box: Box, life: Life): boolean => lifeIn(box, life) >= leastLife;

/** The middle of the box lies in the bed, and the box is about as long as it. */
export function fills(box: Box, bed: Polygon, aspect: number): boolean {
  if (!contains(bed, box.x + box.width / 2, box.y + box.height / 2)) return false;
  const { width, height } = boundingBox(bed);
  return Math.hypot(box.width * aspect, box.height) >= leastLong * Math.hypot(width * aspect, height);
}
