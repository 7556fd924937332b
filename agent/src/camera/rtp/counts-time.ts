/** Pure. Does a camera's count run with the time? By how far the least delay wanders off over some seconds. */
import type { Machine } from '@nattfrid/shared/machine/machine';

export interface CountsTime {
  /** False: dates by the count would wander off; the pictures are dated by their arrival. */
  readonly counts: boolean;
  readonly since: number | undefined;
  readonly least: number;
  /** By how much the least delay grew for each second of the period before, as a share. */
  readonly before: number;
}

/** Milliseconds; two of them decide. */
const period = 5000;
/** A share: crystals are off by less than a thousandth, and a rate that is counted wrongly by more than this. */
const off = 0.03;

/** Event: a picture's arrival and the least delay of `nextDelay` after it, in milliseconds. */
export const countsTime: Machine<CountsTime, { readonly arrived: number; readonly least: number }, never> = {
  initial: { counts: true, since: undefined, least: 0, before: 0 },
  step(state, { arrived, least }) {
    const { since, before } = state;
    if (since === undefined) return [{ ...state, since: arrived, least }, []];
    if (arrived - since < period) return [state, []];
    const grown = (least - state.least) / (arrived - since);
    // One period alone may have a jump of the camera's clock in it, which is not for ever.
    const isOff = Math.abs(grown) > off && Math.abs(before) > off && grown > 0 === before > 0;
    const isWell = Math.abs(grown) <= off && Math.abs(before) <= off;
    const counts = isOff ? false : isWell ? true : state.counts;
    return [{ counts, since: arrived, least, before: grown }, []];
  },
};
