/**
 * Pure. The time by which something may be erased. A wall clock that is years ahead would erase everything, and nothing brings it back:
 * so this time follows the wall clock where it can be believed, and else goes on with the time that has really gone by.
 */
import { type Duration, days, milliseconds } from './duration.ts';
import { after, type Instant } from './instant.ts';

export interface SureTime {
  readonly at: Instant;
  /** The wall clock is ahead by so much more than can have gone by; undefined: it is believed. */
  readonly ahead?: Duration;
}

/** A process that counts without a break knows how much has gone by. */
const mayDrift = days(1);
/** How long the machine was switched off, nobody has counted. */
export const mayBeOff = days(14);

/**
 * @param before when it was last; undefined: never, and there is nothing that could be erased
 * @param passed by the steady clock since then; undefined: nobody has counted
 * @param agreed another clock, or a person, says the same as the wall clock
 */
export function sureTime(
  before: Instant | undefined,
  { wall, passed, agreed }: { readonly wall: Instant; readonly passed: Duration | undefined; readonly agreed: boolean },
): SureTime {
  if (before === undefined || agreed) return { at: wall };
  const least = after(before, passed ?? milliseconds(0));
  const ahead = milliseconds(wall - least);
  // One that is behind erases too little, and only that.
  return ahead > (passed === undefined ? mayBeOff : mayDrift) ? { at: least, ahead } : { at: wall };
}
