/**
 * Emulates a mobile link as a TCP forwarder: a rate, a delay with jitter but no reordering, a stall in place of each lost packet,
 * and outages in which nothing passes and no connection opens. Bytes of a reset connection are dropped, those of a closed one are
 * delivered, as in TCP. It works above packets: the live bench emulates packets between two network namespaces.
 */
import { connect, createServer, type Socket } from 'node:net';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';

export interface LinkProfile {
  /** Towards the target, and back. */
  readonly kbits: number;
  readonly kbitsBack: number;
  /** One way. */
  readonly delay: Duration;
  /** One way, to either side of the delay. */
  readonly jitter: Duration;
  /** Share of 1200-byte packets that are lost: each, with all that follow, arrives a round trip and a half later. */
  readonly loss: number;
}

export interface EmulatedLink extends AsyncDisposable {
  /** http://host:port, in the place of the target's. */
  readonly address: string;
  /** Begins or ends an outage. */
  outage(on: boolean): void;
  /** Bytes that have arrived at the target. */
  readonly passed: number;
}

/** Bytes that may wait on the link, like the queue of a small router. */
const queue = 48_000;
const piece = 1200;

export async function emulateLink(
  target: string,
  manner: LinkProfile,
  { clock, random }: { readonly clock: Clock; readonly random: () => number },
): Promise<EmulatedLink> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let [out, passed] = [false, 0];
  let back = Promise.withResolvers<void>();
  /** One bottleneck each way, shared by all connections. */
  const free = { there: 0, back: 0 };

  const carry = (from: Socket, to: Socket, way: 'there' | 'back') => {
    const kbits = way === 'there' ? manner.kbits : manner.kbitsBack;
    let waiting = 0;
    let last = 0;
    let chain: Promise<void> = Promise.resolve();
    let arriving: Promise<void> = Promise.resolve();
    const gone = new AbortController();
    from.on('error', () => gone.abort());
    to.on('close', () => gone.abort());
    from.on('data', (bytes: Buffer) => {
      waiting += bytes.length;
      if (waiting > queue) from.pause();
      for (let start = 0; start < bytes.length; start += piece) {
        const part = bytes.subarray(start, start + piece);
        chain = chain.then(async () => {
          while (out && !gone.signal.aborted) await Promise.race([back.promise, aborted(gone.signal)]);
          const now = clock.now();
          free[way] = Math.max(free[way], now) + (part.length * 8) / kbits;
          const lost = random() < manner.loss ? manner.delay * 3 : 0;
          last = Math.max(last, free[way] + manner.delay + manner.jitter * (2 * random() - 1) + lost);
          const due = last;
          await clock.sleep(milliseconds(Math.max(0, free[way] - now)), gone.signal);
          // The next piece enters the link while this one is under way.
          arriving = arriving.then(async () => {
            await clock.sleep(milliseconds(Math.max(0, due - clock.now())), gone.signal);
            while (out && !gone.signal.aborted) await Promise.race([back.promise, aborted(gone.signal)]);
            if (gone.signal.aborted || to.destroyed) return;
            to.write(part);
            if (way === 'there') passed += part.length;
          });
          waiting -= part.length;
          if (waiting < queue / 2) from.resume();
        });
      }
    });
    from.on('end', () => void chain.then(() => arriving.then(() => to.end())));
  };

  const server = createServer({ allowHalfOpen: true }, async (from) => {
    open.add(from);
    from.on('error', () => {});
    from.on('close', () => open.delete(from));
    from.pause();
    // The first answer takes a round trip; in an outage the SYN is lost, and its repetition comes too late.
    if (out) return void from.on('data', () => {});
    await clock.sleep(milliseconds(manner.delay * 2));
    if (from.destroyed) return;
    const to = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    open.add(to);
    to.on('error', () => {});
    to.on('close', () => {
      open.delete(to);
      from.destroy();
    });
    from.on('close', () => setTimeout(() => to.destroy(), 3000).unref());
    from.on('error', () => to.destroy());
    carry(from, to, 'there');
    carry(to, from, 'back');
    from.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`,
    outage(on) {
      out = on;
      if (on) back = Promise.withResolvers();
      else back.resolve();
    },
    get passed() {
      return passed;
    },
    async [Symbol.asyncDispose]() {
      back.resolve();
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
