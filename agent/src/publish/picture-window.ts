/**
 * Pure. How many pictures may be on their way to one viewer at once. What the viewer's end has acknowledged counts, never what
 * a socket says it has buffered: the kernel hides seconds of video. Asked before encoding, so that no reference is missing.
 */
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';

export interface PictureWindow {
  /** May another picture go now; if not it is left out, and counted. */
  mayEncode(at: Instant): boolean;
  sent(counter: number, bytes: number, at: Instant): void;
  /**
   * The viewer has this one, so also all before it, or will never have them.
   * @returns how many bytes arrived with it, and how long this picture took there and back; undefined: nothing that was under way
   */
  acknowledged(counter: number, at: Instant): Arrived | undefined;
  /** Another connection, or a viewer who begins anew: nothing that was under way counts any more. */
  clear(): void;
  readonly leftOut: number;
}

export interface Arrived {
  readonly bytes: number;
  readonly roundTrip: Duration;
}

/** Measured: with these a link of 250 kbit/s offered 400 stays half a second behind; without them it falls back without end. */
const oldest: Duration = milliseconds(400);
const mostBytes = 20_000;
/** Nothing is heard for so long: nobody is there to acknowledge, or it was dropped. One more is tried. */
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
