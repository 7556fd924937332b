/** The pictures of a running RTSP session: its packets put together and dated, and a Fault where waiting for more of them is in vain. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { tally } from '@nattfrid/shared/log/tally';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { type Advising, rareKeys } from './advice.ts';
import { datePictures } from './dating.ts';
import type { Packet } from './packet.ts';
import { outOfPatience } from './patience.ts';
import { begin, damaged, heard, judge, waitsFor, whole } from './progress.ts';
import type { Depacketized } from './rtp/depacketized.ts';
import { depacketizer } from './rtp/depacketizer.ts';
import { readRtp } from './rtp/packet.ts';
import type { Playing } from './rtsp/playing.ts';
import type { RtspSession } from './rtsp/session.ts';
import type { RtspAddress } from './rtsp/url.ts';

export interface Watching {
  readonly address: RtspAddress;
  readonly clock: Clock;
  readonly log: Logger;
  /** Without any packet of the pictures. */
  readonly patience: Duration;
  readonly advising: Advising;
}

/** So many times the patience it may take until the parameter sets come: some cameras send them rarely. */
const setsPatience = 4;
/** So many times within the patience it is judged whether to wait on. */
const judgements = 4;

export async function* pictures(
  connection: Playing,
  { track, channel }: RtspSession,
  { address, clock, log, patience, advising }: Watching,
  signal: AbortSignal,
): AsyncGenerator<Packet, void> {
  using damage = tally(clock, (many) => log.warn('the camera sends damaged packets', { camera: address.name, many }));
  const assembling = depacketizer(track);
  const dating = datePictures(track, clock, advising);
  let parts = assembling.initial;
  let progress = begin(clock.steady());
  let lacksSets = false;
  const hurt = (many: number) => {
    damage.count(many);
    progress = damaged(progress, many);
  };
  const judged = () => {
    const now = clock.steady();
    const verdict = judge(progress, now, patience);
    if (verdict !== 'wait') throw faults[verdict](address);
    const length = waitsFor(progress, now);
    if (lacksSets && length >= setsPatience * patience) throw faults.withoutSets(address);
    const comes = progress.last !== undefined && now - progress.last < patience / judgements;
    if (comes && length >= rareKeys) advising.say('rare-key-pictures', true, length);
  };
  while (!signal.aborted) {
    // One picture, or the time to judge whether to wait on.
    const waited = new AbortController();
    const until = dating.lull
      ? clock.sleep(dating.lull, waited.signal)
      : outOfPatience(clock, milliseconds(patience / judgements), waited.signal);
    let found: readonly Depacketized[] = [];
    try {
      while (!found.some((one) => one.type === 'picture')) {
        const event = await connection.next(until);
        if (signal.aborted) return;
        if (!event && dating.lull) break;
        if (!event && connection.closed) throw faults.dropped(address);
        if (!event) {
          judged();
          break;
        }
        if (event.type === 'junk') hurt(1);
        if (event.type !== 'data' || event.channel !== channel) continue;
        const packet = readRtp(event.payload);
        if (!packet) {
          hurt(1);
          continue;
        }
        progress = heard(progress, packet.timestamp, clock.steady());
        [parts, found] = assembling.step(parts, { ...packet, arrived: clock.steady() });
        hurt(found.filter((one) => one.type === 'damaged').length);
        for (const one of found) {
          if (one.type === 'part') dating.withdraw(one.timestamp);
          if (one.type !== 'odd') continue;
          lacksSets ||= one.what === 'no-parameter-sets';
          log.warn('what the camera sends is not what it has announced', { camera: address.name, what: one.what });
        }
        if (progress.whole === undefined && packet.marker && found.length === 0) dating.passed(packet.timestamp);
      }
    } finally {
      waited.abort();
    }
    if (found.some((one) => one.type === 'picture')) {
      progress = whole(progress, clock.steady());
      lacksSets = false;
    }
    for (const packet of dating.take(found)) {
      if (signal.aborted) return;
      yield packet;
    }
  }
}

/** Words for a technician beside the camera; the name holds no credentials. */
const faults = {
  dropped: ({ name }: RtspAddress) =>
    new Fault('camera-dropped', `The camera ${name} has closed the connection.`, { fields: { camera: name } }),
  corrupt: ({ name }: RtspAddress) =>
    new Fault('camera-corrupt', `What the camera ${name} sends is damaged, and no picture can be made of it.`, {
      fields: { camera: name },
    }),
  withoutSets: ({ name }: RtspAddress) =>
    new Fault(
      'camera-corrupt',
      `The camera ${name} sends pictures, and never the parameter sets (SPS, PPS) without which nobody can decode them. Set its codec anew, bring its software up to date, or restart it.`,
      { fields: { camera: name } },
    ),
  silent: ({ name }: RtspAddress) =>
    new Fault('camera-silent', `The camera ${name} is connected and sends no pictures. Restart the camera.`, {
      fields: { camera: name },
    }),
};
