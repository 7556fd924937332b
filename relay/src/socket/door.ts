/** The door to ws: every WebSocket of the relay comes in here, is asked who it is before it is one, and is watched for life. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Connection, Crowd } from './crowd.ts';
import { credentialOf, type Guest, type Guests } from './guests.ts';
import { plain, type Remote } from './remote.ts';
import type { Socket } from './socket.ts';
import { statusOf } from './status.ts';
import type { Wire } from './wire.ts';

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
  /**
   * The other end says something by itself at least every now and then (MQTT's keep alive): asked whether it is there only where nothing
   * has come since it was asked last.
   */
  readonly speaks?: boolean;
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
  const open = new Set<WebSocketOfDoor>();
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
    const come = Promise.withResolvers<WebSocket>();
    sockets.handleUpgrade(request, connection, head, come.resolve);
    enter(await come.promise, entrance, admitted, request.socket, url.pathname);
  }

  /** Apart from the request, so that nothing of that is held for as long as the socket is open. */
  function enter(ws: WebSocket, entrance: Entrance, admitted: Admitted, connection: Connection, path: string): void {
    const socket = new WebSocketOfDoor(ws, { clock, speaks: entrance.speaks ?? false });
    open.add(socket);
    ws.on('close', () => open.delete(socket));
    ws.on('error', (error) => log.debug('A socket failed', { path, words: error.message }));
    const shows = (credential: string) => crowd.shown(connection, credential);
    if (admitted.guest) {
      guests.add(admitted.guest, socket);
      shows(credentialOf(admitted.guest));
    }
    admitted.welcome(socket, shows);
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
    for (const socket of open) socket.ask();
  });
  return {
    [Symbol.dispose]() {
      watch[Symbol.dispose]();
      server.off('connection', came);
      server.off('upgrade', listener);
      for (const socket of open) socket.cut();
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

/** A WebSocket that has come in: how the rest of the relay sees it, and whether it still answers. A class, so that thousands share what they can do. */
export class WebSocketOfDoor implements Socket, Wire {
  readonly #ws: WebSocket;
  readonly #clock: Clock;
  readonly #speaks: boolean;
  #isHeard = true;
  #wasAsked = false;

  /** @param speaks as the entrance has it */
  constructor(ws: WebSocket, { clock, speaks }: { readonly clock: Clock; readonly speaks: boolean }) {
    this.#ws = ws;
    this.#clock = clock;
    this.#speaks = speaks;
    ws.binaryType = 'nodebuffer';
    ws.on('pong', () => {
      this.#isHeard = true;
    });
  }

  /** Asks whether the other end is there, and ends it where nothing has come since it was asked before. Called once a beat. */
  ask(): void {
    if (!this.#isHeard && this.#wasAsked) {
      this.cut();
      return;
    }
    this.#wasAsked = !(this.#speaks && this.#isHeard);
    this.#isHeard = false;
    if (this.#wasAsked) this.#ws.ping();
  }

  send(data: Uint8Array | string, sent?: (error?: Error | null) => void): void {
    if (this.#ws.readyState === this.#ws.OPEN) this.#ws.send(data, sent);
    else sent?.(new Error('the socket is not open'));
  }

  get queued(): number {
    return this.#ws.bufferedAmount;
  }

  close(code?: number, reason?: string): void {
    this.#ws.close(code, reason);
    void this.#clock.sleep(goodbye).then(() => this.#ws.terminate());
  }

  cut(): void {
    this.#ws.terminate();
  }

  onMessage(call: (bytes: Uint8Array<ArrayBuffer>) => void): void {
    this.#ws.on('message', (data: Buffer) => call(new Uint8Array(data)));
  }

  onClose(call: () => void): void {
    this.#ws.on('close', call);
  }

  wire(): Wire {
    return this;
  }

  begin({ data, end, lost }: Parameters<Wire['begin']>[0]): void {
    this.#ws.on('message', (bytes: Buffer) => {
      this.#isHeard = true;
      data(bytes);
    });
    this.#ws.on('close', end);
    this.#ws.on('error', lost);
  }

  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    if (this.#ws.isPaused) this.#ws.resume();
  }
}
