/** Pure. Places that were looked at in vain: a coat on a door is asked again ever more seldom, until something stirs there. */
import { type Box, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { SceneChange } from './background.ts';
import { meanIn } from './cells.ts';

export interface RejectedRegion {
  readonly box: Box;
  readonly at: Instant;
  readonly times: number;
}

/** Milliseconds until a place is asked again, doubled each time. A person lying there unseen is found by the slow second looks. */
const [firstWait, longestWait] = [400, 60_000];
const samePlace = 0.6;
const most = 12;

/** Whether it is time to look there (again). */
export function isDue(rejected: readonly RejectedRegion[], box: Box, at: Instant): boolean {
  const before = rejected.find((one) => isSame(one.box, box));
  return !before || at - before.at >= Math.min(longestWait, firstWait * 2 ** before.times);
}

export function reject(rejected: readonly RejectedRegion[], box: Box, at: Instant): readonly RejectedRegion[] {
  const times = (rejected.find((one) => isSame(one.box, box))?.times ?? -1) + 1;
  return [{ box, at, times }, ...rejected.filter((one) => !isSame(one.box, box))].slice(0, most);
}

/** Forgets the places in which something moves. */
export const withoutMoving = (
  rejected: readonly RejectedRegion[],
  { moving, change }: SceneChange,
): readonly RejectedRegion[] => rejected.filter((one) => meanIn(one.box, change.width, change.height, moving) < 0.08);

const isSame = (a: Box, b: Box): boolean =>
  overlapCoefficient(a, b) > samePlace &&
  a.width * a.height < 3 * b.width * b.height &&
  b.width * b.height < 3 * a.width * a.height;
