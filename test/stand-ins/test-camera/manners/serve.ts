/** Serves a manner: a camera on loopback that behaves as its line of data says. */
import { createServer, type Socket } from 'node:net';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import type { Request } from './answer.ts';
import { drawFilm } from './film.ts';
import { openGuard } from './guard.ts';
import type { Manner } from './manner.ts';
import { talk } from './talking.ts';

export interface ServedManner extends AsyncDisposable {
  /** As a technician would type it, with the login. */
  readonly url: string;
  /** The same with the login encoded by the rules, for viewers that know no other. */
  readonly strictUrl: string;
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
  const { login, path = '/live', times } = manner;
  const film = await drawFilm(manner.film ?? {}, ffmpeg);
  const nightFilm = times?.night?.film && (await drawFilm(times.night.film, ffmpeg));
  const started = clock.steady();
  const open = new Set<Socket>();
  const asked: Request[] = [];
  const counts = new Map<string, number>();
  let calls = 0;
  let origin = '';
  const guard = login && openGuard(login);
  const server = createServer({ noDelay: true }, (socket) => {
    calls++;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const place = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  origin = `rtsp://${place}`;
  const { user = 'admin', password = '' } = login ?? {};
  const encoded = `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
  const typed = login?.typed !== undefined ? `${user}:${login.typed}@` : encoded;
  return {
    url: `rtsp://${login ? typed : ''}${place}${path}`,
    strictUrl: `rtsp://${login ? encoded : ''}${place}${path}`,
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
