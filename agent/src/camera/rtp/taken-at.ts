/** Pure. Clock recovery: the time a live picture was taken, from RTP timestamps locked to the unit's clock. */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Instant, instant } from '@nattfrid/shared/time/instant';

interface Anchor {
  readonly timestamp: number;
  readonly at: Instant;
}

export interface Arrival {
  /** RTP time: 32 bits, 1/90000 s, begins anywhere and wraps. */
  readonly timestamp: number;
  readonly arrived: Instant;
}

/** Milliseconds of offset from which the lock starts anew: the camera's clock was set, or its stream restarted. */
const believed = 3000;
/** Loop gain: share of the offset to its arrival by which each picture corrects the drift of the camera's crystal. */
const pull = 0.02;

/**
 * Arrivals jitter with the network and the unit's load, RTP timestamps do not. Whole milliseconds, rising, except where the unit's
 * clock was set back.
 */
export const takenAt: Machine<Anchor | undefined, Arrival, Instant> = {
  initial: undefined,
  step(anchor, { timestamp, arrived }) {
    if (!anchor) return [{ timestamp, at: arrived }, [arrived]];
    const counted = anchor.at + ((timestamp - anchor.timestamp) | 0) / 90;
    const off = arrived - counted;
    if (Math.abs(off) > believed) return [{ timestamp, at: arrived }, [arrived]];
    const at = instant(Math.max(counted + off * pull, anchor.at + 1));
    return [{ timestamp, at }, [instant(Math.round(at))]];
  },
};
