/** A source that ends when the signal says so, also while it is being waited for. */

/** Hands on what the source gives; after the abort it ends quietly and lets the source know that nobody waits any more. */
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
      // Left alone by an abort, it must not reject into nothing.
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
    // Not waited for: a generator that hangs in its own await answers only when that is over.
    if (!ended) void items.return?.()?.catch(() => {});
  }
}
