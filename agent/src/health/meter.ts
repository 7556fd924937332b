/** Pure. Frame-rate meter: items a second since the last reading. */
import { between, type Instant } from '@nattfrid/shared/time/instant';

export interface Meter {
  count(): void;
  /** Items a second since the last reading; 0 where no time has gone by. */
  perSecond(at: Instant): number;
}

export function meter(start: Instant): Meter {
  let counted = 0;
  let since = start;
  return {
    count: () => void counted++,
    perSecond(at) {
      const length = between(since, at);
      if (length <= 0) return 0;
      const rate = (counted * 1000) / length;
      counted = 0;
      since = at;
      return Math.round(rate * 10) / 10;
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
