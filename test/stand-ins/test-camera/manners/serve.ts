/** Serves a manner: a camera on loopback that behaves as its line of data says. */
import { X509Certificate } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { makeOwnCertificate } from '../../own-certificate.ts';
import type { Request } from './answer.ts';
import { drawFilm } from './film.ts';
import { openGuard } from './guard.ts';
import type { EncryptionManner, Manner } from './manner.ts';
import { talk } from './talking.ts';

export interface ServedManner extends AsyncDisposable {
  /** As a technician would type it, with the login. */
  readonly url: string;
  /** The same with the login encoded by the rules, for viewers that know no other. */
  readonly strictUrl: string;
  /** What the unit's setting `camera.certificate` says; undefined: nothing. */
  readonly certificate: string | undefined;
  readonly calls: number;
  readonly asked: readonly Request[];
}

export interface ServeOptions {
  /** Path of the program. */
  readonly ffmpeg: string;
  readonly clock?: Clock;
  readonly random?: () => number;
}

export async function serveManner(
  manner: Manner,
  { ffmpeg, clock = systemClock, random = Math.random }: ServeOptions,
): Promise<ServedManner> {
  const { login, path = '/live', times, encryption } = manner;
  const film = await drawFilm(manner.film ?? {}, ffmpeg);
  const nightFilm = times?.night?.film && (await drawFilm(times.night.film, ffmpeg));
  const started = clock.steady();
  const open = new Set<Socket>();
  const asked: Request[] = [];
  const counts = new Map<string, number>();
  let calls = 0;
  let origin = '';
  const guard = login && openGuard(login);
  const { server, certificate } = listener(encryption, (socket) => {
    talk(socket, {
      ...{ manner, film, nightFilm, clock, random, started, guard, origin },
      note: (request) => void asked.push(request),
      asked(viewer, method) {
        const key = `${viewer} ${method}`;
        const many = (counts.get(key) ?? 0) + 1;
        counts.set(key, many);
        return many;
      },
    });
  });
  // Of TLS also those whose handshake never ends.
  server.on('connection', (socket: Socket) => {
    calls++;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const place = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const scheme = encryption ? 'rtsps' : 'rtsp';
  origin = `${scheme}://${place}`;
  const { user = 'admin', password = '' } = login ?? {};
  const encoded = `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
  const typed = login?.typed !== undefined ? `${user}:${login.typed}@` : encoded;
  return {
    url: `${scheme}://${login ? typed : ''}${place}${path}`,
    strictUrl: `${scheme}://${login ? encoded : ''}${place}${path}`,
    certificate,
    asked,
    get calls() {
      return calls;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listener(
  encryption: EncryptionManner | undefined,
  take: (socket: Socket) => void,
): { readonly server: Server; readonly certificate: string | undefined } {
  if (!encryption) return { server: createServer({ noDelay: true }, take), certificate: undefined };
  using own = makeOwnCertificate();
  const print = new X509Certificate(own.cert).fingerprint256;
  const other = print.replace(/^./, (first) => (first === '0' ? '1' : '0'));
  const said = { 'name-it': print, 'say-nothing': undefined, 'name-another': other };
  const server =
    encryption.really === 'plain'
      ? createServer({ noDelay: true }, take)
      : createTlsServer({ key: own.key, cert: own.cert, noDelay: true }, take);
  return { server, certificate: said[encryption.settings] };
}
