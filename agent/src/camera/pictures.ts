/** The pictures of a running RTSP session: its packets put together and dated, and a Fault where waiting for more of them is in vain. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { tally } from '@nattfrid/shared/log/tally';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { type Advising, heldBackTooLong, rareKeys } from './advice.ts';
import type { Packet } from './packet.ts';
import { outOfPatience } from './patience.ts';
import { begin, damaged, heard, judge, waitsFor, whole } from './progress.ts';
import { depacketizer } from './rtp/depacketizer.ts';
import type { Depacketized } from './rtp/h264-depacketize.ts';
import { readRtp } from './rtp/packet.ts';
import { type Arrival, takenAt, takenTogether } from './rtp/taken-at.ts';
import type { RtspConnection } from './rtsp/connection.ts';
import type { RtspSession } from './rtsp/session.ts';
import type { RtspAddress } from './rtsp/url.ts';

export interface Watching {
  readonly address: RtspAddress;
  readonly clock: Clock;
  readonly log: Logger;
  /** Without any packet of the pictures. */
  readonly patience: Duration;
  readonly keepAlive: () => void;
  readonly advising: Advising;
}

/** So many times within the patience it is judged whether to wait on. */
const judgements = 4;
/** The first pictures may come in a lump, since the last key picture; so long without another, and it is over. */
const lull = milliseconds(20);
/** A lump is no longer than this, in time and in pictures; what comes after it is dated as it comes. */
const [longestLump, mostInLump] = [milliseconds(300), 100];
/** Packets that have come for so long before the first whole picture show that there is no lump. */
const flowing = milliseconds(200);

interface Arrived extends Arrival {
  readonly picture: Omit<Depacketized & { type: 'picture' }, 'type' | 'timestamp'>;
}

export async function* pictures(
  connection: RtspConnection,
  { track, channel }: RtspSession,
  { address, clock, log, patience, keepAlive, advising }: Watching,
  signal: AbortSignal,
): AsyncGenerator<Packet, void> {
  using damage = tally(clock, (many) => log.warn('the camera sends damaged packets', { camera: address.name, many }));
  const assembling = depacketizer(track);
  const dating = takenAt();
  let parts = assembling.initial;
  let time = dating.initial;
  let progress = begin(clock.steady());
  /** The first pictures, until the lump that they may come in is over. */
  let lump: readonly Arrived[] | undefined = [];
  const hurt = (many: number) => {
    damage.count(many);
    progress = damaged(progress, many);
  };
  const judged = () => {
    const now = clock.steady();
    const verdict = judge(progress, now, patience);
    if (verdict !== 'wait') throw faults[verdict](address);
    const length = waitsFor(progress, now);
    const comes = progress.last !== undefined && now - progress.last < patience / judgements;
    if (comes && length >= rareKeys) advising.say('rare-key-pictures', true, length);
  };
  const dated = (arrived: readonly Arrived[]): readonly Packet[] => {
    const [next, dates] = takenTogether(time, arrived, lump !== undefined);
    time = next;
    advising.say('times-do-not-count', !time.time.counts);
    if (time.heldBack >= heldBackTooLong) advising.say('b-pictures', true, time.heldBack);
    return arrived.map((one, index) => {
      const at = dates[index] ?? one.arrived;
      const taken = milliseconds(one.steady - (one.arrived - at));
      if (one.picture.key && progress.key !== undefined) {
        const length = milliseconds(taken - progress.key);
        advising.say('rare-key-pictures', length >= rareKeys, length);
      }
      progress = whole(progress, one.steady, one.picture.key ? taken : undefined);
      return { type: 'packet', at, codec: track.codec, ...one.picture };
    });
  };
  const isOver = (first: readonly Arrived[], goesOn: boolean) => {
    const since = first[0]?.steady;
    if (since === undefined || !goesOn || since - (progress.first ?? since) >= flowing) return true;
    return first.length >= mostInLump || clock.steady() - since >= longestLump;
  };
  while (!signal.aborted) {
    // One picture, or the time to judge whether to wait on.
    const waited = new AbortController();
    const until = lump?.length
      ? clock.sleep(lull, waited.signal)
      : outOfPatience(clock, milliseconds(patience / judgements), waited.signal);
    let found: readonly Depacketized[] = [];
    try {
      while (!found.some((one) => one.type === 'picture')) {
        const event = await connection.next(until);
        if (signal.aborted) return;
        if (!event && lump?.length) break;
        if (!event && connection.closed) throw faults.dropped(address);
        if (!event) {
          judged();
          break;
        }
        if (event.type === 'junk') hurt(1);
        if (event.type === 'response' && connection.refresh(event)) keepAlive();
        if (event.type !== 'data' || event.channel !== channel) continue;
        const packet = readRtp(event.payload);
        if (!packet) {
          hurt(1);
          continue;
        }
        progress = heard(progress, packet.timestamp, clock.steady());
        [parts, found] = assembling.step(parts, packet);
        hurt(found.filter((one) => one.type === 'damaged').length);
        // Also pictures that cannot be shown yet tell how far behind the count they arrive.
        const passes = progress.whole === undefined && packet.marker && found.length === 0;
        if (passes && !lump?.length) [time] = dating.step(time, arrival(packet.timestamp, clock));
      }
    } finally {
      waited.abort();
    }
    const arrived = found.flatMap((one): readonly Arrived[] => {
      if (one.type !== 'picture') return [];
      const { timestamp, type: _, ...picture } = one;
      return [{ ...arrival(timestamp, clock), picture }];
    });
    const ready: readonly Arrived[] = lump ? [...lump, ...arrived] : arrived;
    if (lump && !isOver(ready, arrived.length > 0)) {
      lump = ready;
      continue;
    }
    const packets = dated(ready);
    if (ready.length > 0) lump = undefined;
    for (const packet of packets) {
      if (signal.aborted) return;
      yield packet;
    }
  }
}

const arrival = (timestamp: number, clock: Clock): Arrival => ({
  timestamp,
  arrived: clock.now(),
  steady: clock.steady(),
});

/** Words for a technician beside the camera; the name holds no credentials. */
const faults = {
  dropped: ({ name }: RtspAddress) =>
    new Fault('camera-dropped', `The camera ${name} has closed the connection.`, { fields: { camera: name } }),
  corrupt: ({ name }: RtspAddress) =>
    new Fault('camera-corrupt', `What the camera ${name} sends is damaged, and no picture can be made of it.`, {
      fields: { camera: name },
    }),
  silent: ({ name }: RtspAddress) =>
    new Fault('camera-silent', `The camera ${name} is connected and sends no pictures. Restart the camera.`, {
      fields: { camera: name },
    }),
};
