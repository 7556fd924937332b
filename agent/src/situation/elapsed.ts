/** Pure. How much of the time between two looks counts: blindness in between neither adds to what was seen nor wipes it out. */
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

/** Between two looks a person hardly gets up and lies down again within this; whatever is longer was not seen. */
export const longestBelieved = seconds(2);

/** @param before the look before, if there was one. */
export const believed = (before: Instant | undefined, at: Instant): Duration =>
  before === undefined ? milliseconds(0) : milliseconds(Math.min(Math.max(at - before, 0), longestBelieved));
