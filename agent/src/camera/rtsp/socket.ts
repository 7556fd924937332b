/** Opens the socket to a camera: TCP, or TLS with a certificate that a known authority or the unit's settings vouch for. */
import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Duration } from '@nattfrid/shared/time/duration';
import { connectionFaults as faults } from './faults.ts';
import type { RtspAddress } from './url.ts';

export interface SocketOptions {
  readonly address: RtspAddress;
  readonly clock: Clock;
  /** Timeout for connecting. */
  readonly patience: Duration;
  /** SHA-256 of the only certificate that is believed, in hexadecimal; undefined: one that a known authority has signed. */
  readonly certificate: string | undefined;
}

/** @throws Fault `camera-unreachable`, `camera-not-trusted`. The signal closes the socket at any time while it is opened. */
export async function openSocket(options: SocketOptions, signal: AbortSignal): Promise<Socket> {
  const { address } = options;
  const plain = connect({ host: address.host, port: address.port, noDelay: true, keepAlive: true });
  await settled(plain, 'connect', options, signal, (cause) => faults.unreachable(address, cause));
  if (!address.secure) return plain;
  const socket = connectTls({
    socket: plain,
    host: address.host,
    ...(isIP(address.host) === 0 && { servername: address.host }),
    // Judged by `trust`: cameras sign their own certificates, which no authority knows.
    rejectUnauthorized: false,
  });
  await settled(socket, 'secureConnect', options, signal, (cause) => faults.noTls(address, cause));
  trust(socket, options);
  return socket;
}

/** Closes the socket where neither the pinned certificate nor an authority vouches for the camera. */
function trust(socket: TLSSocket, { address, certificate }: SocketOptions): void {
  const seen = socket.getPeerX509Certificate()?.fingerprint256 ?? 'none';
  const asPinned = certificate !== undefined && bare(seen) === bare(certificate);
  if (asPinned || (certificate === undefined && socket.authorized)) return;
  socket.destroy();
  throw certificate === undefined ? faults.notTrusted(address, seen) : faults.otherCertificate(address, seen);
}

const bare = (hexadecimal: string): string => hexadecimal.replace(/[^0-9a-f]/gi, '').toLowerCase();

async function settled(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  { clock, patience }: SocketOptions,
  signal: AbortSignal,
  failed: (cause: unknown) => Error,
): Promise<void> {
  const waited = new AbortController();
  const opened = new Promise<undefined>((resolve, reject) => {
    socket.once(event, () => resolve(undefined));
    // Kept: after the opening, an error is followed by the end of the stream.
    socket.on('error', reject);
    socket.once('close', () => reject(new Error('closed')));
  });
  opened.catch(() => {});
  const abort = () => socket.destroy();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    const late = clock.sleep(patience, waited.signal).then(() => Promise.reject(new Error('no answer in time')));
    late.catch(() => {});
    await Promise.race([opened, late]);
  } catch (cause) {
    socket.destroy();
    throw failed(cause);
  } finally {
    waited.abort();
    signal.removeEventListener('abort', abort);
  }
}

/** The IP address of a host. @returns undefined: it has none, or nobody says so in time */
export async function ipOf(host: string, clock: Clock, patience: Duration): Promise<string | undefined> {
  if (isIP(host) > 0) return host;
  const waited = new AbortController();
  const found = lookup(host).then(
    ({ address }) => address,
    () => undefined,
  );
  const late = clock.sleep(patience, waited.signal).then(() => undefined);
  return Promise.race([found, late]).finally(() => waited.abort());
}
