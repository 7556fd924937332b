/** Starts an RTSP session: OPTIONS, DESCRIBE, SETUP, PLAY (RFC 2326 §10). */
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { VideoTrack } from '../rtp/track.ts';
import type { RtspConnection } from './connection.ts';
import type { RtspResponse } from './message.ts';
import { readSdp } from './sdp.ts';
import type { RtspAddress } from './url.ts';

export interface RtspSession {
  readonly track: VideoTrack;
  /** The interleaved channel of its RTP packets. */
  readonly channel: number;
  /** URL of later requests. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The method that keeps the session alive. */
  readonly keepAlive: 'GET_PARAMETER' | 'OPTIONS';
  readonly keepAliveEvery: Duration;
}

/** @throws Fault: those of the connection, and `camera-not-video` where the camera has no H.264 */
export async function startPlaying(connection: RtspConnection, address: RtspAddress): Promise<RtspSession> {
  const { url } = address;
  const options = await connection.ask('OPTIONS', url);
  const described = await connection.ask('DESCRIBE', url, { Accept: 'application/sdp' });
  expectWell(described, 'describe its pictures', address);
  const base = described.headers.get('content-base')?.[0] ?? described.headers.get('content-location')?.[0] ?? url;
  const { track, control, codecs } = readSdp(described.body, withoutCredentials(base));
  if (!track) throw noVideo(address, codecs);
  const setup = await connection.ask('SETUP', track.control, { Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' });
  expectWell(setup, 'send its pictures over TCP', address);
  const [id = '', ...parameters] = (setup.headers.get('session')?.[0] ?? '').split(';');
  const headers = { Session: id.trim() };
  expectWell(await connection.ask('PLAY', control, { ...headers, Range: 'npt=0.000-' }), 'begin', address);
  const timeout = Number(/timeout\s*=\s*(\d+)/.exec(parameters.join(';'))?.[1] ?? 60);
  const known = options.headers.get('public')?.join() ?? '';
  return {
    track,
    channel: Number(/interleaved=(\d+)/.exec(setup.headers.get('transport')?.[0] ?? '')?.[1] ?? 0),
    url: control,
    headers,
    keepAlive: known.includes('GET_PARAMETER') ? 'GET_PARAMETER' : 'OPTIONS',
    keepAliveEvery: seconds(Math.max(1, Math.min(timeout, 120) / 2)),
  };
}

/** Some cameras repeat the address of the request with its credentials. */
const withoutCredentials = (url: string): string => url.replace(/^(rtsp:\/\/)[^/]*@/i, '$1');

function expectWell({ status }: RtspResponse, what: string, { name }: RtspAddress): void {
  if (status >= 200 && status < 300) return;
  const fields = { camera: name, status };
  if (status === 403)
    throw new Fault('camera-refused-login', `This user may not see the pictures of the camera ${name}.`, { fields });
  if (status === 404)
    throw new Fault('camera-not-video', `The camera ${name} knows no pictures under this path. Correct its address.`, {
      fields,
    });
  if (status >= 500)
    throw new Fault('camera-unreachable', `The camera ${name} cannot ${what} at present (it answers ${status}).`, {
      fields,
    });
  throw new Fault('camera-not-video', `The camera ${name} will not ${what} (it answers ${status}).`, { fields });
}

function noVideo({ name }: RtspAddress, codecs: readonly string[]): Fault {
  const what = codecs.length === 0 ? 'no video at all' : `video as ${codecs.join(' and ').slice(0, 60)} only`;
  return new Fault('camera-not-video', `The camera ${name} sends ${what}. Set it to H.264.`, {
    fields: { camera: name },
  });
}
