/** The door to ws: every WebSocket of the relay comes in here, is asked who it is before it is one, and is watched for life. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import type { Connection, Crowd } from './crowd.ts';
import { credentialOf, type Guest, type Guests } from './guests.ts';
import { plain, type Remote } from './remote.ts';
import type { Socket } from './socket.ts';
import { statusOf } from './status.ts';

/** Who knocks: what stands in the request, and where its connection comes from. */
export interface Knock {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly address: string;
  /** Of the listener for units: what the connection has shown. */
  readonly request: IncomingMessage;
}

export interface Entrance {
  /** Longest message in bytes. */
  readonly longest: number;
  /** Words that browsers read: long ones are told compressed. What is sealed would not become shorter. */
  readonly deflates?: boolean;
  /** The WebSocket subprotocol to agree on, if there must be one. */
  readonly protocol?: string;
  /** @returns what to do with the socket, or why it may not come in */
  admit(knock: Knock): Promise<Admitted | Fault>;
}

export interface Admitted {
  /** Absent where who it is shows only later, in what is said. */
  readonly guest?: Guest;
  /** @param shows to be told the credential, where who it is shows only in what is said */
  welcome(socket: Socket, shows: (credential: string) => void): void;
}

/** Each message by itself (RFC 7692): nothing is held in memory for a socket between two, nor can one be guessed from the length of another. */
const deflated = { threshold: 512, serverNoContextTakeover: true, clientNoContextTakeover: true };
/** One that does not answer for so long is gone. */
const beat = seconds(15);
/** One that is told to go and does not answer is cut. */
const goodbye = seconds(1);

export function openDoor(parts: {
  readonly server: Server;
  readonly entrances: Readonly<Record<string, Entrance>>;
  readonly guests: Guests;
  readonly remote: Remote;
  readonly crowd: Crowd;
  readonly clock: Clock;
  readonly log: Logger;
  /** What is at no entrance here may be at another node. @returns whether it has been taken there */
  readonly carry?: (path: string, request: IncomingMessage, connection: Duplex, head: Buffer) => boolean;
}): Disposable {
  const { server, entrances, guests, remote, crowd, clock } = parts;
  const log = parts.log.child('socket');
  const alive = new Map<WebSocket, boolean>();
  const servers = new Map(
    Object.entries(entrances).map(([path, { longest, protocol, deflates }]) => {
      const handleProtocols = (offered: Set<string>) => (protocol && offered.has(protocol) ? protocol : false);
      return [
        path,
        new WebSocketServer({
          noServer: true,
          maxPayload: longest,
          perMessageDeflate: deflates ? deflated : false,
          handleProtocols,
        }),
      ];
    }),
  );

  async function upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://relay');
    const entrance = entrances[url.pathname];
    const sockets = servers.get(url.pathname);
    if (!entrance && parts.carry?.(url.pathname, request, connection, head)) return;
    if (!entrance || !sockets) return refuse(connection, new Fault('not-found', 'There is no such socket.'));
    const address = remote.addressOf(request);
    if (connection.destroyed) return;
    // Through a proxy: from here on it is one person's.
    crowd.came(request.socket, address);
    const shows = (credential: string) => crowd.shown(request.socket, credential);
    const gone = () => connection.destroy();
    connection.on('error', gone);
    const admitted = await entrance.admit({
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      address,
      request,
    });
    connection.off('error', gone);
    if (admitted instanceof Fault) return refuse(connection, admitted);
    if (connection.destroyed) return;
    sockets.handleUpgrade(request, connection, head, (ws) => {
      alive.set(ws, true);
      ws.on('pong', () => alive.set(ws, true));
      ws.on('close', () => alive.delete(ws));
      ws.on('error', (error) => log.debug('A socket failed', { path: url.pathname, words: error.message }));
      const socket = asSocket(ws, clock);
      if (admitted.guest) {
        guests.add(admitted.guest, socket);
        shows(credentialOf(admitted.guest));
      }
      admitted.welcome(socket, shows);
    });
  }

  const listener = (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    upgrade(request, connection, head).catch((error) => {
      log.error('A socket could not be opened', { words: String(error) });
      refuse(connection, new Fault('broken-invariant', 'The relay failed. Try again.'));
    });
  };
  const came = (connection: Connection) => {
    // What a proxy that we trust carries is counted where it becomes one person's: as a socket.
    if (!remote.trusts(connection.remoteAddress)) crowd.came(connection, plain(connection.remoteAddress));
  };
  server.on('connection', came);
  server.on('upgrade', listener);
  const watch = clock.every(beat, () => {
    for (const [ws, answered] of alive) {
      if (!answered) ws.terminate();
      else {
        alive.set(ws, false);
        ws.ping();
      }
    }
  });
  return {
    [Symbol.dispose]() {
      watch[Symbol.dispose]();
      server.off('connection', came);
      server.off('upgrade', listener);
      for (const ws of alive.keys()) ws.terminate();
    },
  };
}

/** Answers a request for a socket as HTTP does. */
export function refuse(connection: Duplex, fault: Fault): void {
  connection.on('error', () => connection.destroy());
  // Nobody reads what may still come in: it must not keep the connection open.
  connection.once('finish', () => connection.destroy());
  const body = JSON.stringify({ code: fault.code, words: fault.message });
  connection.end(
    `HTTP/1.1 ${statusOf(fault)} Refused\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Cache-Control: no-store\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function asSocket(ws: WebSocket, clock: Clock): Socket {
  ws.binaryType = 'nodebuffer';
  return {
    send(data) {
      if (ws.readyState === ws.OPEN) ws.send(data);
    },
    get queued() {
      return ws.bufferedAmount;
    },
    close(code, reason) {
      ws.close(code, reason);
      void clock.sleep(goodbye).then(() => ws.terminate());
    },
    cut: () => ws.terminate(),
    onMessage: (call) => void ws.on('message', (data: Buffer) => call(new Uint8Array(data))),
    onClose: (call) => void ws.on('close', call),
    stream: () => createWebSocketStream(ws),
  };
}
