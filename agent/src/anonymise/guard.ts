/** Pure. Whether a picture may be made at all. It fails closed: what is not well gives a reason instead of a picture. */
import type { NoPicture } from '@nattfrid/shared/domain/look';
import type { Observed } from '@nattfrid/shared/domain/observation';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

/** Older than this and it is not live any more. */
const oldest: Duration = seconds(2);
/** A camera that gives the very same picture for so long has frozen: it would show a calm that may long be over. */
const longestFrozen: Duration = seconds(5);
const darkest = 0.02;
const flattest = 0.008;

export interface Guard {
  /** Undefined: a picture may be made. */
  why(observation: Observed, now: Instant): NoPicture | undefined;
}

export function guard(): Guard {
  let lastAlive: Instant | undefined;
  return {
    why({ at, picture }, now) {
      if (picture.alive || lastAlive === undefined || lastAlive > at) lastAlive = at;
      if (now - at > oldest) return 'anonymiser-not-well';
      if (at - lastAlive > longestFrozen) return 'camera-blind';
      if (picture.brightness < darkest && picture.contrast < flattest) return 'camera-blind';
      return undefined;
    },
  };
}
