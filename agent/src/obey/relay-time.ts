/** What the relay's clock says, by its last message: two clocks that agree are believed where one would not be. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, hours, minutes } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface RelayTime {
  says(at: Instant): void;
  /** The unit's clock shows the same now, within five minutes. */
  agrees(): boolean;
}

/** A message may have been held up, and says less the longer ago it was. */
const same = minutes(5);
const longestAgo = hours(48);

export function openRelayTime(clock: Pick<Clock, 'now' | 'steady'>): RelayTime {
  let said: { readonly at: Instant; readonly heard: Duration } | undefined;
  return {
    says(at) {
      said = { at, heard: clock.steady() };
    },
    agrees() {
      if (!said) return false;
      const since = clock.steady() - said.heard;
      return since < longestAgo && Math.abs(said.at + since - clock.now()) < same;
    },
  };
}
