/** Pure. Exponential backoff for regions in which no pose was found: a coat on a door is tried ever more seldom, until something moves there. */
import { type Box, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { SceneChange } from './background.ts';
import { meanIn } from './cells.ts';

export interface RejectedRegion {
  readonly box: Box;
  readonly at: Instant;
  readonly times: number;
}

/** Milliseconds until a region is tried again, doubled each time; a person who lies there unfound is found by a later try. */
const [firstWait, longestWait] = [400, 60_000];
const samePlace = 0.6;
const most = 12;

/** Whether a region may be tried at this time. */
export function isDue(rejected: readonly RejectedRegion[], box: Box, at: Instant): boolean {
  const before = rejected.find((one) => isSame(one.box, box));
  return !before || at - before.at >= Math.min(longestWait, firstWait * 2 ** before.times);
}

export function reject(rejected: readonly RejectedRegion[], box: Box, at: Instant): readonly RejectedRegion[] {
  const times = (rejected.find((one) => isSame(one.box, box))?.times ?? -1) + 1;
  return [{ box, at, times }, ...rejected.filter((one) => !isSame(one.box, box))].slice(0, most);
}

/** Drops the regions in which something moves. */
export const withoutMoving = (
  rejected: readonly RejectedRegion[],
  { moving, change }: SceneChange,
): readonly RejectedRegion[] => rejected.filter((one) => meanIn(one.box, change.width, change.height, moving) < 0.08);

const isSame = (a: Box, b: Box): boolean =>
  overlapCoefficient(a, b) > samePlace &&
  a.width * a.height < 3 * b.width * b.height &&
  b.width * b.height < 3 * a.width * a.height;
