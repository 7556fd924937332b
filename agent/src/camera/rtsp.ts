/** A network camera: RTSP 1.0 with H.264 over RTP, interleaved in one TCP connection (RFC 2326). */
import { type Logger, silent } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
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
}

/** Timeouts after which a camera counts as lost; tests set short ones. */
export interface RtspLimits {
  /** For connecting, and for each response. */
  readonly answer: Duration;
  /** From one whole picture to the next; bytes and sound do not count. */
  readonly picture: Duration;
}

const usual: RtspLimits = { answer: seconds(4), picture: seconds(5) };

/** @throws Fault `config-invalid` for an invalid address */
export function rtspCamera({ url, clock, log = silent, limits }: RtspOptions): Camera {
  const address = readRtspUrl(url);
  const { answer, picture } = { ...usual, ...limits };
  return {
    name: address.name,
    async *open(signal) {
      try {
        using connection = await connectRtsp({ address, clock, patience: answer }, signal);
        const session = await startPlaying(connection, address);
        const keepAlive = () => connection.send(session.keepAlive, session.url, session.headers);
        using _keeping = clock.every(session.keepAliveEvery, keepAlive);
        try {
          yield* pictures(connection, session, { address, clock, log, patience: picture, keepAlive }, signal);
        } finally {
          connection.send('TEARDOWN', session.url, session.headers);
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
}
