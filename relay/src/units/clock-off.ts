/** Pure. How far a unit's clock is from the relay's, by when each letter says that it was sent. */
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';

export interface ClockOff {
  /** The unit's clock less the relay's, by the last letter. */
  readonly last: Duration;
  /** What is told of it; undefined: it goes well enough. */
  readonly told: Duration | undefined;
}

/** A look's window, an alarm's time and a plan's end are wrong by as much. */
export const tolerated = seconds(30);
/** Told no more once it is less than this: not told on and off at the limit. */
const wellAgain = seconds(20);
/** Two letters that say the same, but for this, were not held up on their way. */
const agree = seconds(10);

/**
 * A letter that was held up looks like a clock that is behind, so that is believed of two in a row; a letter from the future is
 * believed at once.
 */
export function clockOff(before: ClockOff | undefined, last: Duration): ClockOff {
  const size = Math.abs(last);
  if (size < wellAgain) return { last, told: undefined };
  if (size <= tolerated && before?.told === undefined) return { last, told: undefined };
  const twice = before !== undefined && Math.abs(last - before.last) <= agree;
  if (last > 0 || twice) return { last, told: milliseconds(last) };
  return { last, told: before?.told };
}
