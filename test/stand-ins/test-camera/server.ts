/** The test camera: an RTSP server that plays a recording, and can be made to fail in the ways that cameras do. */
import { createServer } from 'node:net';
import { type Logger, silent } from '@nattfrid/shared/log/logger';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { FaultKind } from './faults.ts';
import type { Login } from './login.ts';
import { loadFilm, withTail } from './recording.ts';
import { openViewer, type Viewer } from './viewer.ts';

export interface TestCameraOptions {
  /** A file that ffmpeg can read; it is held in memory whole. */
  readonly file: string;
  /** 0: any free port. */
  readonly port: number;
  readonly host?: string;
  /** With both, the camera requires a password. */
  readonly user?: string;
  readonly password?: string;
  readonly scheme?: Login['scheme'];
  /** False: plays once from the first viewer on, then disconnects and accepts no connection. Default: an endless, seamless loop. */
  readonly loop?: boolean;
  /** Second at which every loop after the first begins, so that a person stays on the floor. */
  readonly tailFromSeconds?: number;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly log?: Logger;
}

export interface TestCamera extends AsyncDisposable {
  /** Includes the credentials. */
  readonly url: string;
  readonly port: number;
  /** Number of viewers that play. */
  readonly clients: number;
  /** Requests of all viewers since the beginning, by method. */
  readonly asked: readonly string[];
  /** Makes the camera fail from now on; undefined: makes it work again. */
  fault(kind: FaultKind | undefined): void;
  /** Resolves when the first viewer plays, with the instant at which the film began; each picture is sent at its time after it. */
  readonly began: Promise<Instant>;
  /** Resolves when a film that plays once is over. */
  readonly ended: Promise<void>;
}

/** @throws Fault as `replayCamera` does, for a file that cannot be played. */
export async function startTestCamera(options: TestCameraOptions): Promise<TestCamera> {
  const { file, user, password, scheme = 'digest-md5', clock = systemClock, random = Math.random } = options;
  const stopping = new AbortController();
  const loaded = await loadFilm(file, clock, options.log ?? silent, stopping.signal);
  const film = options.tailFromSeconds === undefined ? loaded : withTail(loaded, options.tailFromSeconds);
  const viewers = new Set<Viewer>();
  const asked: string[] = [];
  const ended = Promise.withResolvers<void>();
  const beginning = Promise.withResolvers<Instant>();
  let began: Instant | undefined;
  let fault: FaultKind | undefined;
  const stage = {
    film,
    clock,
    random,
    login: user === undefined ? undefined : { user, password: password ?? '', scheme },
    fault: () => fault,
    time() {
      if (began === undefined) beginning.resolve((began = clock.now()));
      return clock.now() - began;
    },
    pictures: options.loop === false ? film.pictures.length : Number.POSITIVE_INFINITY,
    asked: (method: string) => void asked.push(method),
  };
  const server = createServer({ noDelay: true }, (socket) => {
    const viewer = openViewer(socket, stage);
    viewers.add(viewer);
    socket.on('close', () => viewers.delete(viewer));
    if (fault === 'drop') socket.destroy();
  });
  const close = () => {
    for (const viewer of viewers) viewer.close();
    server.close();
    ended.resolve();
  };
  let turn = 0;
  const ticking = clock.every(milliseconds(5), () => {
    // In bursts: once in 200 ticks of 5 ms.
    if (fault === 'slow' && ++turn % 200 !== 0) return;
    const done = [...viewers].filter((viewer) => viewer.playing).map((viewer) => viewer.send());
    if (done.length > 0 && done.every((over) => over)) close();
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', () =>
      resolve((server.address() as { port: number }).port),
    );
  });
  const login = user === undefined ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password ?? '')}@`;
  return {
    url: `rtsp://${login}127.0.0.1:${port}/night`,
    port,
    asked,
    get clients() {
      return [...viewers].filter((viewer) => viewer.playing).length;
    },
    fault(kind) {
      fault = kind;
      if (kind === 'drop') for (const viewer of viewers) viewer.close();
    },
    began: beginning.promise,
    ended: ended.promise,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      ticking[Symbol.dispose]();
      const closed = new Promise((resolve) => server.close(resolve));
      close();
      await closed;
    },
  };
}
