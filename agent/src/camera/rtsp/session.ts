/** Starts an RTSP session: OPTIONS, DESCRIBE, SETUP, PLAY (RFC 2326 §10), and bears with cameras that take them otherwise. */
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import type { VideoTrack } from '../rtp/track.ts';
import type { RequestHeaders, RtspConnection } from './connection.ts';
import { describe } from './describe.ts';
import type { RtspResponse } from './event.ts';
import { expectWell } from './expect-well.ts';
import { sessionFaults } from './faults.ts';
import { keepAliveEvery } from './keep-alive.ts';
import { readSdp } from './sdp.ts';
import { setUp } from './set-up.ts';
import { baseOf, printable } from './target.ts';
import type { UdpWay } from './udp.ts';

export interface RtspSession extends Disposable {
  readonly track: VideoTrack;
  /** The channel of its RTP packets, and of its RTCP packets; over UDP 0 and 1. */
  readonly channel: number;
  readonly control: number;
  /** Undefined: over TCP. */
  readonly udp: UdpWay | undefined;
  /** URL of later requests. */
  readonly url: string;
  readonly headers: RequestHeaders;
  /** Value of the header Public: the methods that the camera knows. */
  readonly known: string;
  readonly keepAliveEvery: Duration;
  /** All that the camera offered. */
  readonly codecs: readonly string[];
}

/** For an answer to OPTIONS, which some cameras never give. */
const optionsPatience = milliseconds(1500);

/** @param over undefined: TCP where it can be. @throws Fault: those of the connection, and `camera-not-video`, `camera-busy` where the camera will not */
export async function startPlaying(connection: RtspConnection, clock: Clock, over?: 'udp'): Promise<RtspSession> {
  const known = await askOptions(connection);
  const described = await describe(connection, clock);
  const { url } = connection.address;
  const given = described.headers.get('content-base')?.[0] || described.headers.get('content-location')?.[0];
  const { track, control, controls, codecs } = readSdp(described.body, baseOf(given, url), url);
  if (!track) throw sessionFaults.noVideo(connection.address, codecs);
  const { answer, udp, channels, used } = await setUp(connection, controls, over);
  try {
    const session = answer.headers.get('session')?.[0] ?? '';
    const id = printable(session.split(';', 1)[0] ?? '');
    const headers: RequestHeaders = id === '' ? {} : { Session: id };
    const played = await play(connection, [...new Set([control, url, used])], headers);
    return {
      track,
      ...channels,
      udp,
      url: played.url,
      headers,
      known,
      keepAliveEvery: keepAliveEvery(session || (played.answer.headers.get('session')?.[0] ?? '')),
      codecs,
      [Symbol.dispose]: () => udp?.ports[Symbol.dispose](),
    };
  } catch (error) {
    udp?.ports[Symbol.dispose]();
    throw error;
  }
}

/** @returns the methods that the camera knows; empty: it does not say, which is no reason to go away */
async function askOptions(connection: RtspConnection): Promise<string> {
  try {
    const answer = await connection.ask('OPTIONS', connection.address.url, {}, optionsPatience);
    return answer.headers.get('public')?.join() ?? '';
  } catch (error) {
    const { code } = asFault(error);
    if (code !== 'camera-silent' && code !== 'camera-dropped') throw error;
    return '';
  }
}

/** Statuses by which a camera says that it knows the address, or the way of asking, not; others it means. */
const askOtherwise: readonly number[] = [400, 404, 451, 454, 455, 457, 459, 460];

/**
 * Without a Range: with one that begins at 0 a server seeks, for all its viewers (gst-rtsp-server's shared media). Only a camera that
 * wants one gets it.
 */
async function play(
  connection: RtspConnection,
  urls: readonly string[],
  headers: RequestHeaders,
): Promise<{ readonly url: string; readonly answer: RtspResponse }> {
  let first: RtspResponse | undefined;
  for (const range of [{}, { Range: 'npt=now-' }, { Range: 'npt=0.000-' }])
    for (const url of urls) {
      const answer = await connection.ask('PLAY', url, { ...headers, ...range });
      if (answer.status < 300) return { url, answer };
      first ??= answer;
      if (!askOtherwise.includes(answer.status))
        return { url, answer: expectWell(answer, 'begin', connection.address) };
    }
  return { url: urls[0] ?? '', answer: expectWell(first, 'begin', connection.address) };
}
