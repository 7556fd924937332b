/** A bounded queue with a drop-oldest policy, from a task that must never wait to one that may be slow. */
export interface Mailbox<Item> extends AsyncIterable<Item> {
  put(item: Item): void;
  /** No more items; queued ones are still handed on. */
  close(): void;
}

/** @param capacity length of the queue; the oldest item is dropped for the newest */
export function mailbox<Item>(capacity: number): Mailbox<Item> {
  const items: Item[] = [];
  let closed = false;
  let changed = Promise.withResolvers<void>();
  const change = () => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };
  return {
    put(item) {
      if (closed) return;
      items.push(item);
      if (items.length > capacity) items.shift();
      change();
    },
    close() {
      closed = true;
      change();
    },
    async *[Symbol.asyncIterator]() {
      while (true) {
        const item = items.shift();
        if (item !== undefined) yield item;
        else if (closed) return;
        else await changed.promise;
      }
    },
  };
}
