/** Pure. Notices a wall clock that was set, and a relay that stood still (a paused machine, a process that was stopped). */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export type Timekeeping =
  | { readonly name: 'not-begun' }
  | { readonly name: 'counting'; readonly wall: Instant; readonly steady: Duration };

/** Once a second. */
export interface Pulse {
  readonly type: 'pulse';
  readonly wall: Instant;
  readonly steady: Duration;
}

export type Noticed =
  /** The wall clock was set, or a machine whose steady clock stands still in a pause was paused. Negative: set back. */
  | { readonly type: 'stepped'; readonly by: Duration; readonly at: Instant }
  /** No pulse came for so long: nobody could be heard, and nothing was counted. */
  | { readonly type: 'stood-still'; readonly for: Duration; readonly at: Instant };

/** A time server corrects a running clock by less than this in a second. */
export const leastStep = seconds(5);
/** A busy second is longer than a second; this is no longer busy. */
export const longestPulse = seconds(10);

export const timekeeping: Machine<Timekeeping, Pulse, Noticed> = {
  initial: { name: 'not-begun' },
  step(state, { wall, steady }) {
    const next: Timekeeping = { name: 'counting', wall, steady };
    if (state.name === 'not-begun') return [next, []];
    const passed = milliseconds(steady - state.steady);
    const by = milliseconds(wall - state.wall - passed);
    const noticed: Noticed[] = [];
    if (passed >= longestPulse) noticed.push({ type: 'stood-still', for: passed, at: wall });
    if (Math.abs(by) >= leastStep) noticed.push({ type: 'stepped', by, at: wall });
    return [next, noticed];
  },
};
