/** Rate-limited counting of frequent events, so that a flood of frames is no flood of log lines. */
import type { Clock } from '../time/clock.ts';
import { type Duration, seconds } from '../time/duration.ts';

interface Tally extends Disposable {
  count(many?: number): void;
  /** Count since the start. */
  readonly total: number;
}

/** @param say called with the count since its last call, at most once a period, never with 0 */
export function tally(clock: Clock, say: (many: number) => void, period: Duration = seconds(1)): Tally {
  let fresh = 0;
  let total = 0;
  const timer = clock.every(period, () => {
    if (fresh === 0) return;
    const many = fresh;
    fresh = 0;
    say(many);
  });
  return {
    count(many = 1) {
      fresh += many;
      total += many;
    },
    get total() {
      return total;
    },
    [Symbol.dispose]: () => timer[Symbol.dispose](),
  };
}
