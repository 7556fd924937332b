/** Pure. When a live picture was taken: the camera's own even count, held to our clock. */
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

/** Beyond this the camera's count is not believed: its clock was set, or it began anew. */
const believed = 3000;
/** The camera's crystal is not ours: each picture pulls the count this much towards its arrival. */
const pull = 0.02;

/**
 * A picture's arrival jitters with the network and with our own load; its RTP time does not. Whole milliseconds, rising,
 * except where our own clock was set back.
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
