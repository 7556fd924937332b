/** What the relay's clock says, by its last message: two clocks that agree are believed where one would not be. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, hours, milliseconds, minutes } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface RelayTime {
  says(at: Instant): void;
  /** The unit's clock shows the same now, within five minutes. */
  agrees(): boolean;
  /** How far the unit's clock is ahead of the relay's; undefined: the relay has not been heard of late. */
  ahead(): Duration | undefined;
}

/** A message may have been held up, and says less the longer ago it was. */
const same = minutes(5);
const longestAgo = hours(48);

export function openRelayTime(clock: Pick<Clock, 'now' | 'steady'>): RelayTime {
  let said: { readonly at: Instant; readonly heard: Duration } | undefined;
  const ahead = () => {
    if (!said) return undefined;
    const since = clock.steady() - said.heard;
    return since < longestAgo ? milliseconds(clock.now() - (said.at + since)) : undefined;
  };
  return {
    ahead,
    says(at) {
      said = { at, heard: clock.steady() };
    },
    agrees() {
      const off = ahead();
      return off !== undefined && Math.abs(off) < same;
    },
  };
}
