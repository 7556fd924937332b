/** The pictures of a running RTSP session: its packets put together and dated, and a Fault where none comes in time. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { tally } from '@nattfrid/shared/log/tally';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import type { Packet } from './packet.ts';
import type { Depacketized } from './rtp/depacketized.ts';
import { depacketizer } from './rtp/depacketizer.ts';
import { readRtp } from './rtp/packet.ts';
import { takenAt } from './rtp/taken-at.ts';
import type { Playing } from './rtsp/playing.ts';
import type { RtspSession } from './rtsp/session.ts';
import type { RtspAddress } from './rtsp/url.ts';

export interface Watching {
  readonly address: RtspAddress;
  readonly clock: Clock;
  readonly log: Logger;
  readonly patience: Duration;
}

export async function* pictures(
  connection: Playing,
  { track, channel }: RtspSession,
  { address, clock, log, patience }: Watching,
  signal: AbortSignal,
): AsyncGenerator<Packet, void> {
  using damage = tally(clock, (many) => log.warn('the camera sends damaged packets', { camera: address.name, many }));
  const assembling = depacketizer(track);
  let parts = assembling.initial;
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
        if (event.type !== 'data' || event.channel !== channel) continue;
        const packet = readRtp(event.payload);
        if (!packet) {
          damage.count();
          continue;
        }
        [parts, found] = assembling.step(parts, { ...packet, arrived: clock.steady() });
        damage.count(found.filter((one) => one.type === 'damaged').length);
      }
    } finally {
      waited.abort();
    }
    for (const one of found) {
      if (one.type !== 'picture') continue;
      const [next, [at = clock.now()]] = takenAt.step(time, { timestamp: one.timestamp, arrived: clock.now() });
      time = next;
      const { codec, key, data, wholeAfter, leading, unsure } = one;
      const marks = { ...(wholeAfter && { wholeAfter }), ...(leading && { leading }), ...(unsure && { unsure }) };
      yield { type: 'packet', at, codec, key, data, ...marks };
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
