/** Pure. Frame rate over a sliding window of two seconds, by the pictures' own times. */
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

const over: Duration = seconds(2);
/** A pause after which the count begins anew, because nobody looked. */
const pause: Duration = seconds(3);

export interface PictureRate {
  count(at: Instant): void;
  /** Undefined until pictures have come for a while. */
  perSecond(at: Instant): number | undefined;
}

export function pictureRate(): PictureRate {
  let times: readonly Instant[] = [];
  let since: Instant | undefined;
  return {
    count(at) {
      const last = times.at(-1);
      if (last === undefined || at < last || at - last > pause) [times, since] = [[], at];
      times = [...times.filter((one) => at - one < over), at];
    },
    perSecond(at) {
      if (since === undefined || at - since < over) return undefined;
      return times.filter((one) => at - one < over).length / (over / 1000);
    },
  };
}
