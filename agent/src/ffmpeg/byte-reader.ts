/** Reads exact byte counts from a stream of chunks. */

export interface ByteReader {
  /** One byte; undefined at the end. */
  byte(): Promise<number | undefined>;
  /** So many bytes, the caller's to keep; undefined where the stream ends earlier. */
  take(count: number): Promise<Uint8Array | undefined>;
  /** Fills the target; false where the stream ends earlier. */
  fill(target: Uint8Array): Promise<boolean>;
}

/** @param chunks are read on demand, so that a slow reader slows the writer (backpressure) */
export function byteReader(chunks: AsyncIterable<Uint8Array>): ByteReader {
  const source = chunks[Symbol.asyncIterator]();
  let chunk = new Uint8Array(0);
  let at = 0;
  const more = async (): Promise<boolean> => {
    while (at >= chunk.length) {
      const next = await source.next();
      if (next.done) return false;
      chunk = next.value as Uint8Array<ArrayBuffer>;
      at = 0;
    }
    return true;
  };
  const fill = async (target: Uint8Array): Promise<boolean> => {
    for (let filled = 0; filled < target.length; ) {
      if (!(await more())) return false;
      const part = chunk.subarray(at, at + target.length - filled);
      target.set(part, filled);
      filled += part.length;
      at += part.length;
    }
    return true;
  };
  return {
    fill,
    async byte() {
      return at < chunk.length || (await more()) ? chunk[at++] : undefined;
    },
    async take(count) {
      const bytes = new Uint8Array(count);
      return (await fill(bytes)) ? bytes : undefined;
    },
  };
}
