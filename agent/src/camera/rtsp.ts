/** A network camera: RTSP 1.0 with H.264 over RTP, interleaved in one TCP connection (RFC 2326). */
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Logger, silent } from '@nattfrid/shared/log/logger';
import { tally } from '@nattfrid/shared/log/tally';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Camera } from './camera.ts';
import { type Depacketized, h264Depacketizer } from './h264-depacketize.ts';
import type { Packet } from './packet.ts';
import { readRtp } from './rtp.ts';
import { connectRtsp, type RtspConnection } from './rtsp-connection.ts';
import { type RtspSession, startPlaying } from './rtsp-session.ts';
import { type RtspAddress, readRtspUrl } from './rtsp-url.ts';
import { takenAt } from './taken-at.ts';

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

interface Watching {
  readonly address: RtspAddress;
  readonly clock: Clock;
  readonly log: Logger;
  readonly patience: Duration;
  readonly keepAlive: () => void;
}

async function* pictures(
  connection: RtspConnection,
  { track, channel }: RtspSession,
  { address, clock, log, patience, keepAlive }: Watching,
  signal: AbortSignal,
): AsyncGenerator<Packet, void> {
  using damage = tally(clock, (many) => log.warn('the camera sends damaged packets', { camera: address.name, many }));
  const depacketizer = h264Depacketizer({ ...(track.sps && { sps: track.sps }), ...(track.pps && { pps: track.pps }) });
  let parts = depacketizer.initial;
  let time = takenAt.initial;
  while (!signal.aborted) {
    // One picture, or the timeout.
    const waited = new AbortController();
    const until = outOfPatience(clock, patience, waited.signal);
    const before = damage.total;
    let found: readonly Depacketized[] = [];
    try {
      while (!found.some((one) => one.type === 'picture')) {
        const event = await connection.next(until);
        if (signal.aborted) return;
        if (!event) throw connection.closed ? dropped(address) : silence(address, damage.total > before);
        if (event.type === 'junk') damage.count();
        if (event.type === 'response' && connection.refresh(event)) keepAlive();
        if (event.type !== 'data' || event.channel !== channel) continue;
        const packet = readRtp(event.payload);
        if (packet?.payloadType !== track.payload) {
          if (!packet) damage.count();
          continue;
        }
        [parts, found] = depacketizer.step(parts, packet);
        damage.count(found.filter((one) => one.type === 'damaged').length);
      }
    } finally {
      waited.abort();
    }
    for (const one of found) {
      if (one.type !== 'picture') continue;
      const [next, [at = clock.now()]] = takenAt.step(time, { timestamp: one.timestamp, arrived: clock.now() });
      time = next;
      yield { type: 'packet', at, codec: 'h264', key: one.key, data: one.data };
    }
  }
}

/** A timer that is so late means that we stood still ourselves. */
const ownStall = milliseconds(250);

/** Resolves after so long without an end by the signal. If we stood still ourselves, what came meanwhile is read first, and it begins anew. */
async function outOfPatience(clock: Clock, patience: Duration, signal: AbortSignal): Promise<void> {
  for (let late = true; late && !signal.aborted; ) {
    const began = clock.steady();
    await clock.sleep(patience, signal);
    late = clock.steady() - began > patience + ownStall;
  }
}

const dropped = ({ name }: RtspAddress): Fault =>
  new Fault('camera-dropped', `The camera ${name} has closed the connection.`, { fields: { camera: name } });

const silence = ({ name }: RtspAddress, damaged: boolean): Fault =>
  damaged
    ? new Fault('camera-corrupt', `What the camera ${name} sends is damaged, and no picture can be made of it.`, {
        fields: { camera: name },
      })
    : new Fault('camera-silent', `The camera ${name} is connected and sends no pictures. Restart the camera.`, {
        fields: { camera: name },
      });
