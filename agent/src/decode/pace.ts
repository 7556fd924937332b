/** Pure. Which pictures of a camera are worth decoding to the end and looking at: so many a second, as evenly as the camera allows. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';

/** When the next picture is wanted; undefined: the very next one. */
export interface PaceState {
  readonly due: Instant | undefined;
}
export type Worth = 'look' | 'pass';
export type Pace = Machine<PaceState, Instant, Worth>;

/**
 * A grid of wanted instants; the first picture of each is looked at, also when it is a little early, so that a camera
 * that jitters round the wanted rate loses none. A camera at or below the rate is looked at whole.
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

/** The camera was silent for a while, or its clock was set: the grid begins anew. */
const isElsewhere = (due: Instant, at: Instant, period: Duration): boolean =>
  at - due >= period || due - at > 2 * period;
