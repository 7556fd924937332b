/**
 * Pure. How old a picture is, without believing that the unit's clock and this browser's agree: the quickest picture of a look is
 * taken to have come at once, and every other is as old as it came later than that one, counted from when it was taken.
 */
import { type Instant, instant } from '@nattfrid/shared/time/instant';

/** What is known of the way of a look's pictures. */
export interface Pace {
  /** By the unit's clock; what only goes forward unless that clock was set. */
  readonly taken: number;
  /** The least that this browser's clock was ahead of the unit's when a picture came: the way at its quickest. */
  readonly quickest: number;
  /** By how much the newest picture that told its time was slower than that, in ms. */
  readonly behind: number;
}

/**
 * @param at when it was drawn, by this browser's clock
 * @param taken when it was taken, by the unit's; not every picture says so, and from an older unit none
 * @returns the instant of this browser's clock at which the picture showed how it was
 */
export function pictured(
  pace: Pace | undefined,
  at: Instant,
  taken: number | undefined,
): readonly [pace: Pace | undefined, Instant] {
  if (taken === undefined) return [pace, instant(at - (pace?.behind ?? 0))];
  const ahead = at - taken;
  // Pictures come in order: one that was taken before the last one comes from a clock that has been set.
  const quickest = pace && taken >= pace.taken ? Math.min(pace.quickest, ahead) : ahead;
  const behind = ahead - quickest;
  return [{ taken, quickest, behind }, instant(at - behind)];
}
