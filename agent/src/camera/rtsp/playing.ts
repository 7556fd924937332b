/** A running RTSP session: kept alive, reported on (RTCP), and its camera's own requests heeded. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { type Received, receiverReports } from '../rtp/rtcp.ts';
import type { RtspConnection } from './connection.ts';
import type { CameraRequest, DataEvent, RtspEvent } from './event.ts';
import { sessionFaults as faults } from './faults.ts';
import { type KeepAliveEvent, type KeepAliveMethod, keepAlive } from './keep-alive.ts';
import { readSdp } from './sdp.ts';
import type { RtspSession } from './session.ts';

/** What the pictures are made of: packets and rubbish, as they come. */
export interface Playing extends Disposable {
  /** @throws Fault `camera-dropped`, where the camera ends the session in words */
  next(until: Promise<void>): Promise<RtspEvent | undefined>;
  readonly closed: boolean;
  /** How it was last kept alive; undefined: it was not yet. */
  readonly keptBy: KeepAliveMethod | undefined;
}

/** Between two receiver reports; 60 bytes each, far below 5 % of the stream (RFC 3550 §6.2). Some cameras hang up after 10 s without. */
const reportEvery = milliseconds(2500);
/** Share of the patience with a camera after which UDP is blamed: before it is given up in other words. */
const udpPatience = 0.9;
/** Packets of the track on another channel than the camera has named, and none there, after which that one is meant. */
const strayed = 8;

export interface KeepPlaying {
  readonly clock: Clock;
  /** After so long without a packet it is said that UDP does not come through. */
  readonly patience: Duration;
  /** Ways to keep it alive with which earlier sessions ended. */
  readonly feared: readonly KeepAliveMethod[];
}

export function keepPlaying(
  connection: RtspConnection,
  session: RtspSession,
  { clock, patience, feared }: KeepPlaying,
): Playing {
  const { track, channel, control, udp, url, headers } = session;
  const own = randomBytes(4).readUInt32BE();
  const name = `nattfrid-${randomBytes(6).toString('hex')}`;
  const keeping = keepAlive(session.known, feared);
  let keptBy: KeepAliveMethod | undefined;
  let alive = keeping.initial;
  let reception = receiverReports.initial;
  /** The channel on which the pictures really come. */
  let real: number | undefined;
  let strays = 0;

  const stepKeepAlive = (event: KeepAliveEvent): void => {
    const [next, methods] = keeping.step(alive, event);
    alive = next;
    for (const method of methods) {
      keptBy = method;
      connection.send(method, url, headers);
    }
  };
  const stepReports = (event: Received): void => {
    const [next, packets] = receiverReports.step(reception, event);
    reception = next;
    for (const packet of packets) {
      if (!udp) connection.sendPacket(control, packet);
      else if (udp.controlPort !== undefined) udp.ports.send(true, packet, udp.controlPort);
    }
  };
  const report = (): void => stepReports({ type: 'due', at: clock.steady(), own, name });
  const began = clock.steady();
  const udpFails = (): boolean =>
    udp !== undefined && real === undefined && !connection.closed && clock.steady() - began >= patience * udpPatience;
  const heed = (request: CameraRequest): void => {
    if (request.method === 'TEARDOWN') throw faults.over(connection.address);
    if (request.method === 'REDIRECT')
      throw faults.moved(connection.address, request.headers.get('location')?.[0] ?? '');
    const other = request.method === 'ANNOUNCE' ? readSdp(request.body, url).track : undefined;
    if (other && (other.codec !== track.codec || other.payload !== track.payload))
      throw faults.changed(connection.address);
  };
  /** The packet on the channel that was agreed. */
  const take = (event: DataEvent): DataEvent => {
    const at = clock.steady();
    const isControl = (event.payload[1] ?? 0) >= 192 && (event.payload[1] ?? 0) <= 223;
    if (isControl) {
      stepReports({ type: 'rtcp', bytes: event.payload, at });
      return { ...event, channel: event.channel === channel ? control : event.channel };
    }
    const stray = event.channel !== channel && ((event.payload[1] ?? 0) & 127) === track.payload;
    const found = event.channel === channel || (stray && real === undefined && ++strays > strayed);
    if (found && real !== event.channel) {
      real = event.channel;
      report();
    }
    if (event.channel !== real) return event;
    stepReports({ type: 'rtp', bytes: event.payload, at, clockRate: track.clockRate });
    return { ...event, channel };
  };

  if (udp) report();
  const timers = new DisposableStack();
  timers.use(clock.every(session.keepAliveEvery, () => stepKeepAlive({ type: 'due' })));
  timers.use(clock.every(reportEvery, report));
  return {
    get closed() {
      return connection.closed;
    },
    get keptBy() {
      return keptBy;
    },
    async next(until) {
      while (true) {
        const event = await connection.next(until);
        if (event?.type === 'response') stepKeepAlive({ type: 'answered', status: event.status });
        else if (event?.type === 'request') heed(event);
        else if (event?.type === 'data') return take(event);
        else {
          if (!event && udpFails()) throw faults.udpSilent(connection.address);
          return event;
        }
      }
    },
    [Symbol.dispose]: () => timers.dispose(),
  };
}
