/**
 * Pure. The age of a picture, although the unit's clock and this browser's may differ: the quickest picture of a look counts as having
 * come at once, and any other is as old as its way took longer than the quickest one's.
 */
import { type Instant, instant } from '@nattfrid/shared/time/instant';

/** How long a look's pictures take from the unit to here, relative to the quickest. */
export interface Pace {
  /** When the last picture was taken, ms by the unit's clock; goes back only where that clock was set. */
  readonly taken: number;
  /** The smallest difference between arrival, by this browser's clock, and `taken`, in ms. */
  readonly quickest: number;
  /** How much slower than the quickest the last picture with a time was, in ms. */
  readonly behind: number;
}

/**
 * @param at when it was drawn, by this browser's clock
 * @param taken when it was taken, by the unit's; undefined for pictures without a time, such as all of an older unit
 * @returns the instant at which the picture was true, by this browser's clock
 */
export function pictured(
  pace: Pace | undefined,
  at: Instant,
  taken: number | undefined,
): readonly [pace: Pace | undefined, Instant] {
  if (taken === undefined) return [pace, instant(at - (pace?.behind ?? 0))];
  const ahead = at - taken;
  // Pictures come in order, so an earlier time than the last one's means that the unit's clock was set.
  const quickest = pace && taken >= pace.taken ? Math.min(pace.quickest, ahead) : ahead;
  const behind = ahead - quickest;
  return [{ taken, quickest, behind }, instant(at - behind)];
}
