/** A bounded queue between two tasks, with backpressure: the faster one waits. It ends once, well or by an error. */

export interface Channel<Item> extends AsyncIterable<Item> {
  /** Resolves when there is room; false: the taker has left, and the item is the giver's to dispose. */
  put(item: Item): Promise<boolean>;
  /** No more items; queued ones are still handed on, then the error, if any, is thrown to the taker. */
  close(error?: unknown): void;
}

/** @param capacity length of the queue. @param discard for each queued item when the taker leaves */
export function channel<Item>(capacity: number, discard: (item: Item) => void = () => {}): Channel<Item> {
  const items: Item[] = [];
  let state: 'open' | 'closed' | 'left' = 'open';
  let failed: { readonly error: unknown } | undefined;
  let changed = Promise.withResolvers<void>();
  const change = () => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };
  return {
    async put(item) {
      while (state === 'open' && items.length >= capacity) await changed.promise;
      if (state !== 'open') return false;
      items.push(item);
      change();
      return true;
    },
    close(error) {
      if (state !== 'open') return;
      state = 'closed';
      if (error !== undefined) failed = { error };
      change();
    },
    async *[Symbol.asyncIterator]() {
      try {
        while (true) {
          const item = items.shift();
          if (item !== undefined) {
            change();
            yield item;
          } else if (state === 'open') await changed.promise;
          else if (failed) throw failed.error;
          else return;
        }
      } finally {
        state = 'left';
        for (const item of items.splice(0)) discard(item);
        change();
      }
    },
  };
}
