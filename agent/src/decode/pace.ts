/** Pure. Frame-rate decimation: which of a camera's pictures are analysed, so many a second and as evenly as the camera allows. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';

/** Instant of the next wanted picture; undefined: the very next one. */
export interface PaceState {
  readonly due: Instant | undefined;
}
export type Worth = 'look' | 'pass';
export type Pace = Machine<PaceState, Instant, Worth>;

/**
 * A grid of wanted instants. The first picture of each is wanted, also a little early, so that a camera that jitters round the rate
 * loses none. Every picture of a camera at or below the rate is wanted.
 * @param perSecond 1 to 60
 */
export function pace(perSecond = 10): Pace {
  const period = milliseconds(1000 / perSecond);
  const early = milliseconds(period / 4);
  return {
    initial: { due: undefined },
    step({ due }, at) {
      if (due === undefined || isElsewhere(due, at, period)) return [{ due: after(at, period) }, ['look']];
      if (at + early < due) return [{ due }, ['pass']];
      return [{ due: after(due, period) }, ['look']];
    },
  };
}

/** The grid starts anew after a silence of the camera, or where its clock was set. */
const isElsewhere = (due: Instant, at: Instant, period: Duration): boolean =>
  at - due >= period || due - at > 2 * period;
