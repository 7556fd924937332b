/** A way to one SIP server over UDP, TCP or TLS, in both directions: what comes from there on it is read, nothing else is. */
import { createSocket } from 'node:dgram';
import { connect as connectTcp, isIPv6, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Transport } from './address.ts';
import type { Place } from './find.ts';
import { openFrames } from './frames.ts';
import { readSip, type SipMessage } from './message.ts';

export interface Line extends Disposable {
  readonly transport: Transport;
  /** Our own end, for the Via line: «192.0.2.1:40123». */
  readonly here: string;
  /** TCP and TLS: what is sent arrives, or the line ends. */
  readonly reliable: boolean;
  readonly isOpen: boolean;
  send(bytes: Uint8Array): void;
}

export interface LineParts {
  readonly place: Place;
  readonly transport: Transport;
  /** For the certificate: the name that was typed, which SRV does not change (RFC 5922 section 4). */
  readonly name: string;
  /** PEM; undefined: those that Node knows. */
  readonly authority: string | undefined;
  readonly hear: (message: SipMessage) => void;
  /** Once: nothing more comes on it. */
  readonly ended: (fault: Fault) => void;
}

/** @throws Fault `link-refused` where nobody is there, `relay-not-trusted` where the certificate is wrong */
export const openLine = (parts: LineParts, signal: AbortSignal): Promise<Line> =>
  parts.transport === 'udp' ? openUdp(parts) : openStream(parts, signal);

const address = ({ address, port }: { readonly address: string; readonly port: number }): string =>
  `${isIPv6(address) ? `[${address}]` : address}:${port}`;
const refused = (parts: LineParts, cause: unknown): Fault =>
  new Fault('link-refused', `${parts.place.host}:${parts.place.port} (${parts.transport}): ${asFault(cause).message}`, {
    cause,
  });

/** A connected socket: the system tells at once of a closed port, and lets nobody else speak on it. */
async function openUdp(parts: LineParts): Promise<Line> {
  const { place, hear, ended } = parts;
  const socket = createSocket(isIPv6(place.host) ? 'udp6' : 'udp4');
  let isOpen = true;
  const end = (cause: unknown) => {
    if (!isOpen) return;
    isOpen = false;
    socket.close();
    ended(refused(parts, cause));
  };
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: unknown) => reject(refused(parts, cause));
    socket.once('error', fail);
    socket.connect(place.port, place.host, () => {
      socket.off('error', fail);
      resolve();
    });
  });
  socket.on('error', end);
  socket.on('message', (bytes) => {
    const message = readSip(bytes);
    if (!(message instanceof Fault)) hear(message);
  });
  return {
    transport: 'udp',
    here: address(socket.address()),
    reliable: false,
    get isOpen() {
      return isOpen;
    },
    send: (bytes) => void (isOpen && socket.send(bytes, (error) => error && end(error))),
    [Symbol.dispose]() {
      if (isOpen) socket.close();
      isOpen = false;
    },
  };
}

async function openStream(parts: LineParts, signal: AbortSignal): Promise<Line> {
  const { place, transport, name, authority, hear, ended } = parts;
  const isTls = transport === 'tls';
  const servername = isIPv6(name) || /^[0-9.]+$/.test(name) ? {} : { servername: name };
  const socket: Socket = isTls
    ? connectTls({ ...place, ...servername, ...(authority !== undefined && { ca: authority }) })
    : connectTcp(place);
  socket.setNoDelay(true);
  let isOpen = true;
  const end = (cause: unknown) => {
    if (!isOpen) return;
    isOpen = false;
    socket.destroy();
    ended(refused(parts, cause));
  };
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      socket.destroy();
      reject(refused(parts, new Error('not connected in time')));
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    const fail = (cause: unknown) => {
      signal.removeEventListener('abort', stop);
      reject(refused(parts, cause));
    };
    socket.once('error', fail);
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      signal.removeEventListener('abort', stop);
      socket.off('error', fail);
      resolve();
    });
  });
  const frames = openFrames();
  socket.on('error', end);
  socket.on('close', () => end(new Error('the connection has ended')));
  socket.on('data', (bytes: Buffer) => {
    for (const message of frames.push(bytes)) {
      if (message instanceof Fault) return end(message);
      hear(message);
    }
  });
  return {
    transport,
    here: address({ address: socket.localAddress ?? '0.0.0.0', port: socket.localPort ?? 0 }),
    reliable: true,
    get isOpen() {
      return isOpen;
    },
    send: (bytes) => void (isOpen && socket.write(bytes)),
    [Symbol.dispose]() {
      isOpen = false;
      socket.destroy();
    },
  };
}
