/** Pure. Has the unit more to do than it can? By the share of the last seconds in which nobody was looked for because it was too slow. */
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';

export interface LoadMeter {
  missed(length: Duration): void;
  /** Another second has gone by. */
  second(): void;
  readonly isTooMuch: boolean;
}

const secondsCounted = 10;
/** Told where half is missed, and no more once it is less than a fifth: a unit at its limit is not told on and off. */
const tooMuch = 0.5;
const wellAgain = 0.2;

export function loadMeter(): LoadMeter {
  let past: readonly Duration[] = [];
  let now = milliseconds(0);
  let isTooMuch = false;
  return {
    missed: (length) => void (now = milliseconds(now + Math.max(0, length))),
    second() {
      past = [...past, now].slice(-secondsCounted);
      now = milliseconds(0);
      const share = past.reduce((sum, one) => sum + one, 0) / seconds(secondsCounted);
      isTooMuch = share > (isTooMuch ? wellAgain : tooMuch);
    },
    get isTooMuch() {
      return isTooMuch;
    },
  };
}
