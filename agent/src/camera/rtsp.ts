/** A network camera: RTSP 1.0 with H.264 over RTP, interleaved in one TCP connection (RFC 2326). */
import { type Logger, silent } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { CameraAdvice } from '@nattfrid/shared/wire/vitals';
import { openAdvice } from './advice.ts';
import type { Camera } from './camera.ts';
import { pictures } from './pictures.ts';
import { connectRtsp } from './rtsp/connection.ts';
import { startPlaying } from './rtsp/session.ts';
import { readRtspUrl } from './rtsp/url.ts';

export interface RtspOptions {
  /** `rtsp://user:password@host:port/path` */
  readonly url: string;
  readonly clock: Clock;
  readonly log?: Logger;
  readonly limits?: Partial<RtspLimits>;
  /** Told what should be set in the camera: all of it, at each change. */
  readonly advised?: ((all: readonly CameraAdvice[]) => void) | undefined;
}

/** Timeouts after which a camera counts as lost; tests set short ones. */
export interface RtspLimits {
  /** For connecting, and for each response. */
  readonly answer: Duration;
  /** Without any packet of pictures; sound does not count. While they come, a whole picture is waited for. */
  readonly picture: Duration;
}

const usual: RtspLimits = { answer: seconds(4), picture: seconds(10) };

/** @throws Fault `config-invalid` for an invalid address */
export function rtspCamera({ url, clock, log = silent, limits, advised = () => {} }: RtspOptions): Camera {
  const address = readRtspUrl(url);
  const { answer, picture } = { ...usual, ...limits };
  const advising = openAdvice(address.name, log, advised);
  return {
    name: address.name,
    async *open(signal) {
      try {
        using connection = await connectRtsp({ address, clock, patience: answer }, signal);
        const session = await startPlaying(connection, address);
        const keepAlive = () => connection.send(session.keepAlive, session.url, session.headers);
        using _keeping = clock.every(session.keepAliveEvery, keepAlive);
        try {
          yield* pictures(connection, session, { address, clock, log, patience: picture, keepAlive, advising }, signal);
        } finally {
          connection.send('TEARDOWN', session.url, session.headers);
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
}
