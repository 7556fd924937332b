/** Pure. Frame-rate decimation: which of a camera's pictures are analysed, so many a second and as evenly as the camera allows. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';

export interface PaceState {
  /** Instant of the next wanted picture; undefined: the very next one. */
  readonly due: Instant | undefined;
  /** The times of late, in order, where pictures come before their turn (B pictures); undefined: each comes in its turn. */
  readonly mixed?: readonly Instant[];
  readonly newest?: Instant;
}
export type Worth = 'look' | 'pass';
export type Pace = Machine<PaceState, Instant, Worth>;

/** A picture that is older than the one before it by less than this comes before its turn; by more, and the clock was set. */
const longestStepBack = milliseconds(2000);
const remembered = 24;

/**
 * A grid of wanted instants. The first picture of each is wanted, also a little early, so that a camera that jitters round the rate
 * loses none. Every picture of a camera at or below the rate is wanted. Where pictures come before their turn, the grid stands fast,
 * and a picture is wanted where the one that is shown before it stands in another of its cells.
 * @param perSecond 1 to 60
 */
export function pace(perSecond = 10): Pace {
  const period = milliseconds(1000 / perSecond);
  const early = milliseconds(period / 4);
  return {
    initial: { due: undefined },
    step(state, at) {
      const { due, newest = at } = state;
      const back = newest - at;
      if (back > 0 && back < longestStepBack) {
        const mixed = [...(state.mixed ?? [newest]), at].toSorted((one, other) => one - other).slice(-remembered);
        return [{ due, newest, mixed }, [firstOfCell(mixed, at, period) ? 'look' : 'pass']];
      }
      if (state.mixed && at - newest < longestStepBack && back < longestStepBack) {
        const mixed = [...state.mixed, at].slice(-remembered);
        return [{ due, newest: at, mixed }, [firstOfCell(mixed, at, period) ? 'look' : 'pass']];
      }
      if (due === undefined || isElsewhere(due, at, period)) return [{ due: after(at, period), newest: at }, ['look']];
      if (at + early < due) return [{ due, newest: at }, ['pass']];
      return [{ due: after(due, period), newest: at }, ['look']];
    },
  };
}

/** By the usual distance of late: what stands right before it may come later, and a single date may be off. */
function firstOfCell(mixed: readonly Instant[], at: Instant, period: Duration): boolean {
  const apart = mixed.flatMap((one, index) => (index > 0 && one > mixed[index - 1]! ? [one - mixed[index - 1]!] : []));
  const distance = apart.length < 3 ? period : (apart.sort((one, other) => one - other)[apart.length >> 1] ?? period);
  return distance >= period || Math.floor(at / period) !== Math.floor((at - distance) / period);
}

/** The grid starts anew after a silence of the camera, or where its clock was set. */
const isElsewhere = (due: Instant, at: Instant, period: Duration): boolean =>
  at - due >= period || due - at > 2 * period;
