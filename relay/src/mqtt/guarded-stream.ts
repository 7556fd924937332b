/** A connection as the broker gets it: too long a packet ends it, and so does a reader that has stopped reading. */
import { Duplex } from 'node:stream';
import type { Wire } from '../socket/wire.ts';
import { packetGuard } from './packet-guard.ts';

/**
 * The broker waits for a stream whose buffer is full, and every other connection waits with it. So the buffer is large enough never
 * to be full (`buffer`), and a stream that holds more than `longestQueue` is ended instead. Both in bytes.
 */
const buffer = 16 * 1024 * 1024;
const longestQueue = 1024 * 1024;

export type WhyCut = 'packet-too-long' | 'does-not-read';

type Written = (error?: Error | null) => void;

/** @param cut told why and which, just before it is ended */
export const guardStream = (wire: Wire, longestPacket: number, cut: (why: WhyCut, stream: Duplex) => void): Duplex =>
  new GuardedStream(wire, longestPacket, cut);

/** One stream between the connection and the broker, and no more: a relay holds one for each unit, all night. */
class GuardedStream extends Duplex {
  readonly #wire: Wire;
  readonly #cut: (why: WhyCut, stream: Duplex) => void;

  constructor(wire: Wire, longestPacket: number, cut: (why: WhyCut, stream: Duplex) => void) {
    super({ writableHighWaterMark: buffer });
    this.#wire = wire;
    this.#cut = cut;
    const guard = packetGuard(longestPacket);
    wire.begin({
      data: (bytes) => {
        if (!guard.allows(bytes)) this.#end('packet-too-long');
        else if (!this.push(bytes)) wire.pause();
      },
      // What has come before the end is still read.
      end: () => void this.push(null),
      lost: () => void this.destroy(),
    });
  }

  override write(chunk: unknown, encoding?: BufferEncoding | Written, written?: Written): boolean {
    const more = super.write(chunk, encoding as BufferEncoding, written);
    if (this.writableLength > longestQueue) this.#end('does-not-read');
    return more;
  }

  override _read(): void {
    this.#wire.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, written: Written): void {
    this.#wire.send(chunk, written);
  }

  /** A packet is written in many small pieces: they go out as one. */
  override _writev(chunks: readonly { readonly chunk: Buffer }[], written: Written): void {
    this.#wire.send(Buffer.concat(chunks.map(({ chunk }) => chunk)), written);
  }

  override _final(done: Written): void {
    this.#wire.close();
    done();
  }

  override _destroy(error: Error | null, done: Written): void {
    this.#wire.cut();
    done(error);
  }

  #end(why: WhyCut): void {
    if (this.destroyed) return;
    this.#cut(why, this);
    this.destroy();
  }
}
