/** Pure. What a look costs in mobile data: bytes so far, and kbit/s of late, counted where they leave the unit. */
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface DataUsed {
  add(bytes: number, at: Instant): void;
  soFar(at: Instant): { readonly bytes: number; readonly kbits: number };
}

/** Long enough for a key picture and all that follows it. */
const ofLate: Duration = seconds(4);

/** Sealed packets, all readers together; what TLS and TCP add (some 60 bytes a packet) is not in it. */
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
