/** An async iterable that ends on abort, also while its next item is awaited. */

/** Hands on the source's items; on abort it ends quietly and calls the source's `return`. */
export async function* until<Item>(source: AsyncIterable<Item>, signal: AbortSignal): AsyncGenerator<Item, void> {
  const aborted = Promise.withResolvers<{ readonly done: true; readonly value: undefined }>();
  const abort = () => aborted.resolve({ done: true, value: undefined });
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  const items = source[Symbol.asyncIterator]();
  let ended = false;
  try {
    while (true) {
      const coming = items.next();
      // After an abort its rejection has no other handler.
      coming.catch(() => {});
      const next = await Promise.race([coming, aborted.promise]);
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
