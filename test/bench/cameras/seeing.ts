/** Pure. What a viewer saw of a camera: first picture, pictures a second, the longest hole, and whether pictures were whole. */
import type { Duration } from '@nattfrid/shared/time/duration';

export interface Seeing {
  /** @param ageMs how old it was; undefined: nobody knows */
  picture(isWhole: boolean, ageMs?: number): void;
  seen(): Seen;
}

export interface Seen {
  /** Seconds on the camera's clock; undefined: none came. */
  readonly first: number | undefined;
  /** Whole pictures a second from the first one on. */
  readonly perSecond: number;
  /** Seconds between two whole pictures, up to the end. */
  readonly hole: number;
  readonly whole: number;
  /** Shown, and not whole. */
  readonly spoilt: number;
  /** Too old, or dated after their arrival: such as the unit does not show. */
  readonly misdated: number;
}

/** Dates have whole milliseconds. */
const ahead = -5;

/** @param steady by the camera's clock. @param oldest milliseconds, of a picture that is shown */
export function openSeeing(steady: () => Duration, oldest = Number.POSITIVE_INFINITY): Seeing {
  const began = steady();
  const now = () => (steady() - began) / 1000;
  const times: number[] = [];
  let [spoilt, misdated] = [0, 0];
  return {
    picture(isWhole, ageMs) {
      if (!isWhole) spoilt++;
      else if (ageMs !== undefined && (ageMs > oldest || ageMs < ahead)) misdated++;
      else times.push(now());
    },
    seen() {
      const end = now();
      const [first] = times;
      const holes = times.map((at, index) => (times[index + 1] ?? end) - at);
      const length = end - (first ?? end);
      return {
        ...{ first, spoilt, misdated, whole: times.length, hole: Math.max(0, ...holes) },
        perSecond: length > 0 ? times.length / length : 0,
      };
    },
  };
}
