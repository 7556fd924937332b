/** How often is too often: so many at once, and after that so many a minute, for each name that is counted. */
import type { Instant } from '@nattfrid/shared/time/instant';

export interface Rate {
  /** @returns whether one more is allowed; counts it if so */
  take(name: string, now: Instant): boolean;
  /** It was none of those that are limited after all. */
  giveBack(name: string): void;
}

/** Names are forgotten once their bucket is full again, and the oldest when there are too many of them. */
const mostNames = 10_000;

/** @param atOnce how many in one go @param perMinute how many come back */
export function openRate(atOnce: number, perMinute: number): Rate {
  const buckets = new Map<string, { left: number; at: Instant }>();
  return {
    take(name, now) {
      const before = buckets.get(name) ?? { left: atOnce, at: now };
      const left = Math.min(atOnce, before.left + (Math.max(0, now - before.at) / 60_000) * perMinute);
      buckets.delete(name);
      const allowed = left >= 1;
      buckets.set(name, { left: allowed ? left - 1 : left, at: now });
      if (buckets.size > mostNames) buckets.delete(buckets.keys().next().value!);
      return allowed;
    },
    giveBack(name) {
      const bucket = buckets.get(name);
      if (bucket) bucket.left = Math.min(atOnce, bucket.left + 1);
    },
  };
}
