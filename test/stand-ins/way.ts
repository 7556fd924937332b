/**
 * A way to a port on this machine as it is over a bad network: late, narrow, and cut now and then. What goes by TCP comes all the same,
 * unhurt and in order, later; what is cut has to be begun anew.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { after, instant } from '@nattfrid/shared/time/instant';

/** How far it is, each way, and how much comes through. */
export interface Distance {
  readonly delay: Duration;
  readonly bytesPerSecond: number;
}

export interface Way extends AsyncDisposable {
  readonly url: string;
  /** Bytes that have come from there so far. */
  readonly down: number;
  /** Every connection ends here and now, without a word to either end. */
  cut(): void;
}

/**
 * @param address http or https, of which host and port count
 * @param distance absent: as near as it is
 */
export async function openWay(address: string, clock: Clock, distance?: Distance): Promise<Way> {
  const { hostname, port } = new URL(address);
  const ends = new Set<Socket>();
  let down = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    far.on('data', (bytes: Buffer) => {
      down += bytes.length;
    });
    const over = () => {
      for (const end of [near, far]) {
        end.destroy();
        ends.delete(end);
      }
    };
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', over).on('close', over);
    }
    if (distance === undefined) near.pipe(far).pipe(near);
    else for (const [from, to] of [[near, far] as const, [far, near] as const]) carry(from, to, clock, distance);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const end of ends) end.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get down() {
      return down;
    },
    cut,
    async [Symbol.asyncDispose]() {
      server.close();
      cut();
    },
  };
}

/** Pieces go out one after another, each once the one before is through, and arrive in their order, the delay later. */
function carry(from: Socket, to: Socket, clock: Clock, { delay, bytesPerSecond }: Distance): void {
  let free = clock.now();
  let waiting = 0;
  let before = Promise.resolve();
  from.on('data', (bytes: Buffer) => {
    free = after(instant(Math.max(free, clock.now())), milliseconds((1000 * bytes.length) / bytesPerSecond));
    const arrives = after(free, delay);
    waiting++;
    // A sender that is faster than the way waits, as it does where the window is full.
    if (waiting >= mostWaiting) from.pause();
    before = before.then(async () => {
      await clock.sleep(milliseconds(Math.max(0, arrives - clock.now())));
      waiting--;
      if (waiting < mostWaiting) from.resume();
      if (!to.destroyed) to.write(bytes);
    });
  });
}

const mostWaiting = 16;
