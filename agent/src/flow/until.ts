/** An async iterable that ends on abort, also while its next item is awaited. */

/** Hands on the source's items; on abort it ends quietly and calls the source's `return`. */
export async function* until<Item>(source: AsyncIterable<Item>, signal: AbortSignal): AsyncGenerator<Item, void> {
  // Not a race with a promise of the abort: each race would be remembered by it, with the item that won, until the abort comes.
  let stop = () => {};
  const abort = () => stop();
  signal.addEventListener('abort', abort, { once: true });
  const items = source[Symbol.asyncIterator]();
  let ended = false;
  try {
    while (true) {
      const next = await new Promise<IteratorResult<Item, unknown>>((resolve, reject) => {
        stop = () => resolve({ done: true, value: undefined });
        // Asked also after an abort, so that what the source holds is let go; its rejection is heard by nobody then.
        items.next().then(resolve, reject);
        if (signal.aborted) stop();
      });
      stop = () => {};
      if (next.done) {
        ended = !signal.aborted;
        return;
      }
      yield next.value;
    }
  } catch (error) {
    ended = true;
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
    // Not awaited: a generator that hangs in its own await answers only when that is over.
    if (!ended) void items.return?.()?.catch(() => {});
  }
}
