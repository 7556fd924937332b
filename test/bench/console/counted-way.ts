/** A way to a port on this machine that counts the bytes of what comes back: as they are on the wire, compressed or not. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

export interface CountedWay extends AsyncDisposable {
  readonly url: string;
  /** Bytes that have come from there so far. */
  readonly down: number;
}

export async function countedWay(address: string): Promise<CountedWay> {
  const { hostname, port } = new URL(address);
  let down = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    far.on('data', (bytes: Buffer) => {
      down += bytes.length;
    });
    near.pipe(far).pipe(near);
    const over = () => {
      near.destroy();
      far.destroy();
    };
    near.on('error', over).on('close', over);
    far.on('error', over);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get down() {
      return down;
    },
    async [Symbol.asyncDispose]() {
      server.close();
    },
  };
}
