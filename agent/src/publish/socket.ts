/** The one door to `ws`: an outbound WebSocket to the relay. The unit opens no port. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { WebSocket } from 'ws';

export interface Socket extends Disposable {
  send(bytes: Uint8Array): void;
  /** Resolves with the reason once it is closed, by whichever end. */
  readonly closed: Promise<Fault>;
}

export interface SocketPlace {
  /** ws:// or wss:// */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A certificate authority of the relay's own, PEM. */
  readonly ca?: string;
  readonly onMessage: (bytes: Uint8Array) => void;
}

const longestMessage = 64 * 1024;
const handshakeMilliseconds = 5000;

/** Resolves when it is open. @throws Fault `link-refused` or `link-lost`; aborting closes it. */
export function openSocket({ url, headers, ca, onMessage }: SocketPlace, signal: AbortSignal): Promise<Socket> {
  const opened = Promise.withResolvers<Socket>();
  const closed = Promise.withResolvers<Fault>();
  const socket = new WebSocket(url, {
    headers,
    ...(ca === undefined ? {} : { ca }),
    handshakeTimeout: handshakeMilliseconds,
    maxPayload: longestMessage,
    perMessageDeflate: false,
  });
  const end = (fault: Fault) => {
    signal.removeEventListener('abort', abort);
    opened.reject(fault);
    closed.resolve(fault);
  };
  const abort = () => socket.terminate();
  signal.addEventListener('abort', abort, { once: true });
  socket.on('open', () => {
    opened.resolve({
      send: (bytes) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
      },
      closed: closed.promise,
      [Symbol.dispose]: () => socket.terminate(),
    });
  });
  socket.on('message', (data, isBinary) => {
    if (isBinary && Buffer.isBuffer(data)) onMessage(data);
  });
  socket.on('unexpected-response', (request, response) => {
    request.destroy();
    const { statusCode = 0 } = response;
    end(new Fault('link-refused', 'The relay does not take pictures from this unit now.', { fields: { statusCode } }));
  });
  socket.on('error', (cause) => end(new Fault('link-lost', 'The picture socket to the relay failed.', { cause })));
  socket.on('close', (code) =>
    end(new Fault('link-lost', 'The picture socket to the relay was closed.', { fields: { code } })),
  );
  if (signal.aborted) abort();
  return opened.promise;
}
