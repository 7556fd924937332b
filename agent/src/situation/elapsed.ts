/** Pure. How much of the time between two looks counts (clamped sampling interval): blindness adds nothing to what was seen and wipes nothing out. */
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

/** Between two looks a person hardly gets up and lies down again within this; whatever is longer was not seen. */
export const longestElapsed = seconds(2);

/** @param before the look before; undefined: this is the first one, and nothing has elapsed. */
export const elapsedSince = (before: Instant | undefined, at: Instant): Duration =>
  before === undefined ? milliseconds(0) : milliseconds(Math.min(Math.max(at - before, 0), longestElapsed));
