/** Pure. The number under which a packet goes through the decoder: rising in the order in which pictures are shown. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface TicketState {
  /** The number of a picture that was taken at `origin`. */
  readonly base: number;
  readonly origin: Instant | undefined;
  readonly highest: number;
  /** Those of late, so that two pictures of one time have numbers of their own. */
  readonly recent: readonly number[];
}

/** A picture that is so much older than one before it does not come before its turn: the clock was set. */
const longestStepBack: Duration = seconds(5);
const remembered = 32;
/** Between the pictures before a clock that was set, and those after. */
const apart = milliseconds(1000);

/**
 * Where every picture comes in its turn it is counted. Where some come before their turn, only the time tells how many will stand in
 * between, so that milliseconds count.
 * @param reorderDepth 0: each comes in its turn
 */
export function tickets(reorderDepth: number): Machine<TicketState, Instant, number> {
  return {
    initial: { base: 0, origin: undefined, highest: 0, recent: [] },
    step(state, at) {
      if (reorderDepth === 0) return [{ ...state, highest: state.highest + 1 }, [state.highest + 1]];
      const { origin, base, highest } = state;
      const counted = origin === undefined ? undefined : base + (at - origin);
      const anew = counted === undefined || counted < highest - longestStepBack || counted < 1;
      const first = highest === 0 ? longestStepBack : highest + apart;
      let number = anew ? first : counted;
      while (state.recent.includes(number)) number++;
      const next = anew ? { base: number, origin: at } : { base, origin };
      const recent = [...state.recent, number].slice(-remembered);
      return [{ ...next, highest: Math.max(highest, number), recent }, [number]];
    },
  };
}
