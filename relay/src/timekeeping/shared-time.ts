/**
 * One clock for several nodes: the database's. What one node has saved as «since when», the next main node counts from, and a clock that is
 * minutes behind would let an alarm wait for minutes longer.
 */
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';

export interface SharedTime {
  /** The node's own, with the database's time of day. */
  readonly clock: Clock;
  /** By how much the node's own clock is ahead of the database's; less than `least` counts as nothing. */
  readonly ahead: Duration;
  /** @param asked the steady clock as the database was asked @param answered as it has answered */
  heard(said: Instant, asked: Duration, answered: Duration): void;
}

/** What the way there and back makes uncertain, and clocks that are kept right never reach. */
const least = seconds(2);

/** @param changed told where the node's own clock is found to be off, or right again */
export function openSharedTime(own: Clock, changed: (ahead: Duration) => void = () => {}): SharedTime {
  let ahead = milliseconds(0);
  return {
    clock: {
      now: () => after(own.now(), milliseconds(-ahead)),
      steady: own.steady,
      sleep: own.sleep,
      every: own.every,
    },
    get ahead() {
      return ahead;
    },
    heard(said, asked, answered) {
      const way = answered - asked;
      if (way > least) return;
      // It was said somewhere on the way there and back.
      const then = own.now() - (own.steady() - answered) - way / 2;
      const found = Math.abs(then - said) < least ? 0 : Math.round(then - said);
      if (Math.abs(found - ahead) < least) return;
      ahead = milliseconds(found);
      changed(ahead);
    },
  };
}
