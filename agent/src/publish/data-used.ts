/** Pure. Bandwidth meter of a look's mobile data: bytes so far, and kbit/s over a sliding window, counted where they leave the unit. */
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface DataUsed {
  add(bytes: number, at: Instant): void;
  soFar(at: Instant): { readonly bytes: number; readonly kbits: number };
}

/** Long enough to average over a keyframe. */
const ofLate: Duration = seconds(4);

/** Counts sealed packets of all readers, without the overhead of TLS and TCP (some 60 bytes a packet). */
export function dataUsed(): DataUsed {
  let bytes = 0;
  let from: Instant | undefined;
  let recent: readonly { readonly at: Instant; readonly bytes: number }[] = [];
  return {
    add(more, at) {
      from ??= at;
      bytes += more;
      recent = [...recent.filter((one) => at - one.at < ofLate), { at, bytes: more }];
    },
    soFar(at) {
      const span = Math.min(ofLate, Math.max(1, at - (from ?? at)));
      const late = recent.filter((one) => at - one.at < ofLate).reduce((sum, one) => sum + one.bytes, 0);
      return { bytes, kbits: Math.round((late * 8) / span) };
    },
  };
}
