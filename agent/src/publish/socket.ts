/** The one door to `ws`: an outbound WebSocket to the relay, with a heartbeat. The unit opens no port. */
import { connect, isIP, type Socket as NetSocket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { after } from '@nattfrid/shared/time/instant';
import { WebSocket } from 'ws';
import { certificateFault } from '../trust/certificate-fault.ts';

export interface Socket extends Disposable {
  send(bytes: Uint8Array): void;
  /** Puts a standby socket into use: messages are delivered, and the short heartbeat applies. */
  begin(onMessage: (bytes: Uint8Array) => void): void;
  /** Resolves with the reason once it is closed, by either end or by silence. */
  readonly closed: Promise<Fault>;
}

export interface SocketPlace {
  /** ws:// or wss:// */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A certificate authority of the relay's own, PEM. */
  readonly ca?: string;
  /** What the unit shows instead of a token, PEM. */
  readonly client?: { readonly key: string; readonly cert: string };
  /** Time for opening; 5 s by default. */
  readonly patience?: Duration;
  /** Without it the socket stands by until it is begun. */
  readonly onMessage?: (bytes: Uint8Array) => void;
  /** It listens for hours and is not asked each half second whether it is there, as one that stands by. */
  readonly isQuiet?: true;
  readonly clock: Clock;
}

const longestMessage = 64 * 1024;
/**
 * Heartbeat: time between two pings, and silence after which the socket is given up. TCP's own retransmission takes twice as long as
 * the break, and what it delivers is old by then.
 */
const asks: Duration = milliseconds(500);
const longestSilence: Duration = milliseconds(1500);
/** Standby: only the relay pings, every 15 s, because mobile data is spent all night. */
const listens: Duration = seconds(5);
const longestRest: Duration = seconds(20);
/** Silence that a standby socket is charged with when it comes into use. */
const doubt: Duration = milliseconds(700);

/**
 * Resolves when it is open. @throws Fault `link-refused`, `relay-not-trusted` or `link-lost`; aborting closes it. At its end, unsent
 * data is thrown away and never arrives late.
 */
export function openSocket(place: SocketPlace, signal: AbortSignal): Promise<Socket> {
  const { url, headers, ca, client, patience = seconds(5), clock } = place;
  const opened = Promise.withResolvers<Socket>();
  const closed = Promise.withResolvers<Fault>();
  let raw: NetSocket | undefined;
  let connection: Duplex | undefined;
  const socket = new WebSocket(url, {
    headers,
    maxPayload: longestMessage,
    perMessageDeflate: false,
    // Opened here to hold the TCP connection under the TLS, which alone can be reset.
    createConnection: (({ host, port }: { host: string; port: number }) => {
      raw = connect({ host, port });
      const servername = isIP(host) ? '' : host;
      connection = url.startsWith('wss:')
        ? connectTls({ socket: raw, host, servername, ...client, ...(ca === undefined ? {} : { ca }) })
        : raw;
      return connection;
    }) as never,
  });
  const settled = new AbortController();
  let heardAt = clock.now();
  let watch: Disposable | undefined;
  let onMessage: SocketPlace['onMessage'];
  const hear = () => {
    heardAt = clock.now();
  };
  const end = (fault: Fault) => {
    signal.removeEventListener('abort', abort);
    settled.abort();
    watch?.[Symbol.dispose]();
    opened.reject(fault);
    closed.resolve(fault);
  };
  const cut = () => {
    // Reset, not closed: closing first delivers what is under way, whenever the link comes back. A socket that is sending its FIN cannot be
    // reset (libuv, uv_tcp_close_reset); Node then never closes its file descriptor, and the process never ends.
    const { writableEnded, writableLength, writableFinished } = connection ?? {};
    const saysEnd = writableEnded && writableLength === 0 && !writableFinished;
    if (raw && !raw.destroyed && !raw.connecting && !saysEnd) raw.resetAndDestroy();
    socket.terminate();
  };
  const abort = () => cut();
  signal.addEventListener('abort', abort, { once: true });
  void clock.sleep(patience, settled.signal).then(() => {
    if (settled.signal.aborted) return;
    end(new Fault('link-lost', 'The picture socket to the relay did not open in time.', { fields: { patience } }));
    cut();
  });
  const watchOver = (every: Duration, longest: Duration, ask: () => void) => {
    watch?.[Symbol.dispose]();
    watch = clock.every(every, () => {
      const silent = clock.now() - heardAt;
      if (silent < longest) return ask();
      end(new Fault('link-lost', 'The relay is no longer heard on the picture socket.', { fields: { silent } }));
      cut();
    });
  };
  const begin = (listener: SocketPlace['onMessage'], leastSilent = 0) => {
    onMessage = listener;
    heardAt = after(clock.now(), milliseconds(-leastSilent));
    if (socket.readyState === WebSocket.OPEN) watchOver(asks, longestSilence, () => socket.ping());
  };
  socket.on('open', () => {
    settled.abort();
    hear();
    onMessage = place.onMessage;
    if (onMessage && !place.isQuiet) begin(onMessage);
    else watchOver(listens, longestRest, () => {});
    opened.resolve({
      // A standby socket may be dead unnoticed: it is pinged at once, and has less time to answer.
      begin(listener) {
        begin(listener, doubt);
        if (socket.readyState === WebSocket.OPEN) socket.ping();
      },
      send: (bytes) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
      },
      closed: closed.promise,
      [Symbol.dispose]: cut,
    });
  });
  socket.on('pong', hear);
  socket.on('ping', hear);
  socket.on('message', (data, isBinary) => {
    hear();
    if (isBinary && Buffer.isBuffer(data)) onMessage?.(data);
  });
  socket.on('unexpected-response', (request, response) => {
    request.destroy();
    const { statusCode = 0 } = response;
    end(new Fault('link-refused', 'The relay does not take pictures from this unit now.', { fields: { statusCode } }));
  });
  socket.on('error', (cause) =>
    end(
      certificateFault(new URL(url).host, cause) ??
        new Fault('link-lost', 'The picture socket to the relay failed.', { cause }),
    ),
  );
  socket.on('close', (code) =>
    end(new Fault('link-lost', 'The picture socket to the relay was closed.', { fields: { code } })),
  );
  if (signal.aborted) abort();
  return opened.promise;
}
