/** A network camera: RTSP 1.0 with video over RTP, interleaved in one TCP connection, encrypted or not (RFC 2326). */
import { type Logger, silent } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { CameraAdvice } from '@nattfrid/shared/wire/vitals';
import { openAdvice } from './advice.ts';
import type { Camera } from './camera.ts';
import { pictures } from './pictures.ts';
import { type ProfileName, profiles } from './profiles.ts';
import { connectRtsp } from './rtsp/connection.ts';
import { fearing, type KeepAliveMethod } from './rtsp/keep-alive.ts';
import { keepPlaying } from './rtsp/playing.ts';
import { startPlaying } from './rtsp/session.ts';
import type { Tap } from './rtsp/tap.ts';
import { readRtspUrl } from './rtsp/url.ts';
import { withProfile } from './with-profile.ts';

export interface RtspOptions {
  /** `rtsp://user:password@host:port/path`, or `rtsps` */
  readonly url: string;
  /** SHA-256 of the camera's certificate, in hexadecimal: the only one that is believed. */
  readonly certificate?: string | undefined;
  /** What cameras of its make want otherwise. */
  readonly profile?: ProfileName | undefined;
  /** The profile's path of the large stream, where the address has none. */
  readonly large?: boolean | undefined;
  readonly clock: Clock;
  readonly log?: Logger;
  readonly limits?: Partial<RtspLimits>;
  /** Told what should be set in the camera: all of it, at each change. */
  readonly advised?: ((all: readonly CameraAdvice[]) => void) | undefined;
  readonly tap?: Tap | undefined;
}

/** Timeouts after which a camera counts as lost; tests set short ones. */
export interface RtspLimits {
  readonly connect: Duration;
  /** For each response. Some cameras wake their encoder for it. */
  readonly answer: Duration;
  /** Without any packet of pictures; sound does not count. While they come, a whole picture is waited for. */
  readonly picture: Duration;
}

const usual: RtspLimits = { connect: seconds(4), answer: seconds(10), picture: seconds(10) };

/** @throws Fault `config-invalid` for an invalid address */
export function rtspCamera(options: RtspOptions): Camera {
  const { url, certificate, clock, log = silent, limits, advised = () => {}, tap } = options;
  const profile = options.profile && profiles[options.profile];
  const address = readRtspUrl(withProfile(url, profile, options.large ? 'large' : 'small'));
  const { connect, answer, picture } = { ...usual, ...limits };
  const advising = openAdvice(address.name, log, advised);
  let refusals = 0;
  const refused = () => ++refusals;
  let feared: readonly KeepAliveMethod[] = [];
  return {
    name: address.name,
    async *open(signal) {
      try {
        const patience = { connect, answer };
        using connection = await connectRtsp({ address, clock, patience, certificate, refused, tap }, signal);
        using session = await startPlaying(connection, clock, profile?.over);
        refusals = 0;
        const { track, codecs, udp, url: playing, headers } = session;
        const taken = { camera: address.name, codec: track.codec, over: udp ? 'udp' : 'tcp' };
        if (codecs.length > 1) log.info('the camera offers several videos', { ...taken, offered: codecs.join() });
        const endsAfter = [...(profile?.endsAfter ?? []), ...feared];
        using playback = keepPlaying(connection, session, { clock, patience: picture, feared: endsAfter });
        try {
          yield* pictures(playback, session, { address, clock, log, patience: picture, advising }, signal);
        } finally {
          // Whatever it died of: perhaps it does not bear this way to keep it alive, or does not count it.
          if (!signal.aborted && playback.keptBy) feared = fearing(feared, playback.keptBy);
          connection.send('TEARDOWN', playing, headers);
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
}
