/** A tapped TCP wire: forwards all bytes, and keeps those of each direction. */
import { connect, createServer, type Socket } from 'node:net';

export interface Wire extends AsyncDisposable {
  readonly address: string;
  /** Everything that went towards the target, and back, in order of arrival. */
  readonly there: readonly Uint8Array[];
  readonly back: readonly Uint8Array[];
  /** What went towards the target, for each connection by itself. */
  readonly connections: readonly (readonly Uint8Array[])[];
}

export async function listenTo(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target);
  const there: Uint8Array[] = [];
  const back: Uint8Array[] = [];
  const connections: Uint8Array[][] = [];
  const sockets = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(Number(port), hostname);
    const mine: Uint8Array[] = [];
    connections.push(mine);
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        from.destroy();
        to.destroy();
      });
    }
    from.on('data', (bytes) => {
      there.push(new Uint8Array(bytes));
      mine.push(new Uint8Array(bytes));
      to.write(bytes);
    });
    to.on('data', (bytes) => {
      back.push(new Uint8Array(bytes));
      from.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    address: `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`,
    there,
    back,
    connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
