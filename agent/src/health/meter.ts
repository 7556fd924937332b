/** Pure. Frame-rate meter: items a second since the last reading. */
import { seconds } from '@nattfrid/shared/time/duration';
import { between, type Instant } from '@nattfrid/shared/time/instant';

export interface Meter {
  count(): void;
  /** Items a second since the last reading; 0 where no time has gone by. */
  perSecond(at: Instant): number;
  /** As it was told last, or since then where that is long ago: for whoever only wants to know. */
  lately(at: Instant): number;
}

/** Shorter says nothing of a rate. */
const longEnough = seconds(5);

export function meter(start: Instant): Meter {
  let counted = 0;
  let since = start;
  let told = 0;
  const rate = (length: number) => Math.round(((counted * 1000) / length) * 10) / 10;
  return {
    count: () => void counted++,
    perSecond(at) {
      const length = between(since, at);
      if (length <= 0) return 0;
      told = rate(length);
      counted = 0;
      since = at;
      return told;
    },
    lately(at) {
      const length = between(since, at);
      return length >= longEnough ? rate(length) : told;
    },
  };
}

/** Passes all items on, and counts those that are no gap. */
export async function* counted<Item extends { readonly type: string }>(
  items: AsyncIterable<Item>,
  by: Meter,
): AsyncGenerator<Item, void> {
  for await (const item of items) {
    if (item.type !== 'gap') by.count();
    yield item;
  }
}
