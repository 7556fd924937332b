/** A broker that can be unwell: it answers late, or takes everything in and says nothing any more. MQTT over a WebSocket, as the relay. */
import { createServer as createPlain, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { generate, type Packet, parser } from 'mqtt-packet';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';

export interface StandInBroker extends AsyncDisposable {
  readonly address: string;
  /** Every packet that came, in order. */
  readonly heard: readonly Packet[];
  /** Resolves with the first packet that came, or comes, of which this is true. */
  until(is: (packet: Packet) => boolean): Promise<Packet>;
  /** From now on nothing is answered, not even the end of a connection. */
  fallSilent(): void;
  /** Connections that are open. */
  readonly open: number;
}

export async function startStandInBroker(
  given: {
    readonly answersConnect?: boolean;
    /** Nothing is answered after CONNACK. */
    readonly silent?: boolean;
    readonly acknowledgesAfterMilliseconds?: number;
    readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  } = {},
): Promise<StandInBroker> {
  const server: Server = given.tls ? createSecure(given.tls) : createPlain();
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    if (silent) socket.pause();
  });
  const heard: Packet[] = [];
  const waiting = new Set<() => void>();
  let silent = false;
  const serve = (web: WebSocket) => {
    const stream = createWebSocketStream(web);
    const read = parser();
    stream.on('error', () => {});
    let lastHeard = Date.now();
    let watch: NodeJS.Timeout | undefined;
    const say = (packet: Packet) => {
      if (!silent && stream.writable) stream.write(generate(packet));
    };
    read.on('packet', (packet) => {
      lastHeard = Date.now();
      heard.push(packet);
      for (const told of [...waiting]) told();
      switch (packet.cmd) {
        case 'connect': {
          if (given.answersConnect === false) return;
          say({ cmd: 'connack', returnCode: 0, sessionPresent: false });
          if (given.silent) silent = true;
          // As the standard asks of a broker: a client that is quiet for one and a half times its word is cut.
          const longest = (packet.keepalive ?? 0) * 1500;
          watch = setInterval(() => {
            if (Date.now() - lastHeard > longest && !silent) web.terminate();
          }, 50);
          return;
        }
        case 'subscribe':
          return say({ cmd: 'suback', messageId: packet.messageId!, granted: [1] });
        case 'publish':
          if (packet.qos === 1)
            setTimeout(
              () => say({ cmd: 'puback', messageId: packet.messageId! }),
              given.acknowledgesAfterMilliseconds ?? 0,
            );
          return;
        case 'pingreq':
          return say({ cmd: 'pingresp' });
      }
    });
    stream.on('data', (bytes: Buffer) => read.parse(bytes));
    stream.on('close', () => clearInterval(watch));
  };
  new WebSocketServer({ server, handleProtocols: () => 'mqtt' }).on('connection', serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http${given.tls ? 's' : ''}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    until: (is) =>
      new Promise((resolve) => {
        const look = () => {
          const found = heard.find(is);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    fallSilent() {
      silent = true;
      // As a relay whose process stands still: the kernel takes what there is room for, and nobody reads it.
      for (const socket of sockets) socket.pause();
    },
    get open() {
      return sockets.size;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
