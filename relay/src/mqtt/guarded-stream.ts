/** A connection as the broker gets it: too long a packet ends it, and so does a reader that has stopped reading. */
import { Duplex } from 'node:stream';
import { packetGuard } from './packet-guard.ts';

/**
 * The broker waits for a stream whose buffer is full, and every other connection waits with it. So the buffer is large enough never
 * to be full (`buffer`), and a stream that holds more than `longestQueue` is ended instead. Both in bytes.
 */
const buffer = 16 * 1024 * 1024;
const longestQueue = 1024 * 1024;

export type WhyCut = 'packet-too-long' | 'does-not-read';

type Written = (error: Error | null | undefined) => void;

/** @param cut told why, just before it is ended */
export function guardStream(inner: Duplex, longestPacket: number, cut: (why: WhyCut) => void): Duplex {
  const guard = packetGuard(longestPacket);
  const end = (why: WhyCut) => {
    if (outer.destroyed) return;
    cut(why);
    outer.destroy();
  };
  const outer: Duplex = new (class extends Duplex {
    override write(chunk: unknown, encoding?: BufferEncoding | Written, written?: Written): boolean {
      const more = super.write(chunk, encoding as BufferEncoding, written);
      if (this.writableLength > longestQueue) end('does-not-read');
      return more;
    }
  })({
    writableHighWaterMark: buffer,
    read: () => void inner.resume(),
    write: (chunk, encoding, done) => void inner.write(chunk, encoding, done),
    // A packet is written in many small pieces: they go out together.
    writev(chunks, done) {
      inner.cork();
      chunks.forEach(({ chunk, encoding }, index) => {
        inner.write(chunk, encoding, index === chunks.length - 1 ? done : undefined);
      });
      inner.uncork();
    },
    final: (done) => void inner.end(done),
    destroy(error, done) {
      inner.destroy();
      done(error);
    },
  });
  inner.on('data', (chunk: Uint8Array) => {
    if (!guard.allows(chunk)) end('packet-too-long');
    else if (!outer.push(chunk)) inner.pause();
  });
  inner.on('end', () => outer.push(null));
  inner.on('error', () => outer.destroy());
  inner.on('close', () => outer.destroy());
  return outer;
}
