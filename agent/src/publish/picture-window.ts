/**
 * Pure. Window of pictures: the congestion window of one viewer, in bytes and in the age of the oldest unacknowledged picture. It goes by
 * acknowledgements, because a socket's buffered amount hides seconds of video in the kernel, and is asked before encoding, so that no
 * reference picture is missing.
 */
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';

export interface PictureWindow {
  /** Whether another picture may go now; else it is left out, and counted. */
  mayEncode(at: Instant): boolean;
  sent(counter: number, bytes: number, at: Instant): void;
  /**
   * A cumulative acknowledgement: this picture and all before it are no longer under way.
   * @returns the bytes that it acknowledges, and this picture's round trip; undefined where it was not under way
   */
  acknowledged(counter: number, at: Instant): Arrived | undefined;
  /** Empties the window, for another connection or a viewer who begins anew. */
  clear(): void;
  readonly leftOut: number;
}

export interface Arrived {
  readonly bytes: number;
  readonly roundTrip: Duration;
}

/** Measured: with these a link of 250 kbit/s that is offered 400 stays half a second behind; without them it falls behind without end. */
const oldest: Duration = milliseconds(400);
const mostBytes = 20_000;
/** Time without an acknowledgement after which one more picture is tried: the viewer is gone, or the picture was dropped. */
const givenUp: Duration = seconds(2);

export function pictureWindow(): PictureWindow {
  const underWay = new Map<number, { readonly bytes: number; readonly at: Instant }>();
  let bytesUnderWay = 0;
  let leftOut = 0;
  const forget = (upTo: number): number => {
    let forgotten = 0;
    for (const [counter, { bytes }] of underWay) {
      if (counter > upTo) break;
      underWay.delete(counter);
      forgotten += bytes;
    }
    bytesUnderWay -= forgotten;
    return forgotten;
  };
  return {
    mayEncode(at) {
      const first = underWay.values().next().value?.at ?? instant(Number.POSITIVE_INFINITY);
      if (at - first > givenUp) forget(Number.POSITIVE_INFINITY);
      else if (at - first > oldest || bytesUnderWay > mostBytes) {
        leftOut++;
        return false;
      }
      return true;
    },
    sent(counter, bytes, at) {
      underWay.set(counter, { bytes, at });
      bytesUnderWay += bytes;
    },
    acknowledged(counter, at) {
      const one = underWay.get(counter);
      const bytes = forget(counter);
      return one && { bytes, roundTrip: milliseconds(at - one.at) };
    },
    clear: () => void forget(Number.POSITIVE_INFINITY),
    get leftOut() {
      return leftOut;
    },
  };
}
