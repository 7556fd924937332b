/** Supervises a camera: opens it again after each failure, with backoff, and tells the failure and the gap that it caused. */

import type { Gap } from '@nattfrid/shared/domain/observation';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { backoff, type Ladder, restartLadder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { belt } from '../flow/belt.ts';
import type { Camera } from './camera.ts';
import type { Packet } from './packet.ts';
import { outOfPatience } from './patience.ts';

export type CameraState = 'connecting' | 'connected' | { readonly lost: Fault };

export interface KeepOptions {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
  readonly ladder?: Ladder;
  /** Called at each change; `connected` with a packet, `lost` at each failed attempt, and where no packet comes for long. */
  readonly changed?: (state: CameraState) => void;
}

export interface KeptCamera {
  readonly name: string;
  /**
   * Packets until the abort. While none comes, a gap `camera-lost` at least every five seconds, and one more before the next
   * packet. A reader that is too slow gets a gap `too-slow` and then the next keyframe. Ends when a recording ends. Throws only
   * Faults that a retry cannot mend.
   */
  open(signal: AbortSignal): AsyncIterable<Packet | Gap>;
  /** Has the camera opened again, for a stage that cannot use its pictures. */
  giveUp(fault: Fault): void;
}

/** Longest time after which the detectors are told of a gap. */
const pulse = seconds(5);
/** A camera that has given pictures is called again at once, but not more often. */
const callsApart = seconds(2);
/** It is connected, and gives no picture for so long: it counts as lost, and is waited for. */
const longWithout = seconds(30);
/** Queue length: six seconds of a usual camera, which a stalled network gives at once; without them nobody is seen up to the next keyframe. */
const packetsWaiting = 150;

export function keepCamera(camera: Camera, options: KeepOptions): KeptCamera {
  const { clock, log } = options;
  let cut = new AbortController();
  const lives = openLives(camera, options, () => (cut = new AbortController()).signal);
  const standsAlone = (item: Packet) => item.key;
  return {
    name: camera.name,
    open: (signal) =>
      belt(lives(signal), { what: 'packets', clock, log, capacity: packetsWaiting, full: 'drop', standsAlone }, signal),
    giveUp: (fault) => cut.abort(fault),
  };
}

/** @param freshCut the signal that `giveUp` aborts during one connection */
function openLives(camera: Camera, options: KeepOptions, freshCut: () => AbortSignal) {
  const { clock, random, log, ladder = restartLadder, changed = () => {} } = options;
  return async function* lives(signal: AbortSignal): AsyncGenerator<Packet | Gap, void> {
    let waits = backoff(ladder, random);
    let told = clock.now();
    const gap = (at: Instant): Gap => {
      const from = instant(Math.min(told, at));
      told = at;
      return { type: 'gap', from, at, why: 'camera-lost' };
    };
    while (!signal.aborted) {
      changed('connecting');
      const cut = freshCut();
      const called = clock.steady();
      let last = called;
      let given = false;
      let state: 'waiting' | 'giving' | 'lost' = 'waiting';
      let blind = true;
      let fault: Fault;
      try {
        for await (const packet of pulsed(camera.open(AbortSignal.any([signal, cut])), clock, pulse)) {
          if (packet === 'pulse') {
            blind = true;
            if (state !== 'lost' && clock.steady() - last >= longWithout) {
              state = 'lost';
              changed({ lost: withoutPictures(camera) });
            }
            yield gap(clock.now());
            continue;
          }
          if (state !== 'giving') changed('connected');
          state = 'giving';
          given = true;
          last = clock.steady();
          if (blind) yield gap(packet.at);
          blind = false;
          told = packet.at;
          yield packet;
        }
        if (!cut.aborted) return;
        fault = asFault(cut.reason);
      } catch (error) {
        fault = asFault(error);
        if (!fault.mayRetry) throw fault;
      }
      if (signal.aborted) return;
      // Waits grow after attempts without a picture that is any good. Whoever hangs up on us is called again.
      const wasGood = given && !cut.aborted;
      if (wasGood) waits = backoff(ladder, random);
      const apart = milliseconds(Math.max(0, callsApart - (clock.steady() - called)));
      const wait = wasGood ? apart : waits.next().value;
      log.warn('the camera is lost and will be tried again', { camera: camera.name, why: fault.message, wait });
      changed({ lost: fault });
      // At once: whoever comes after gives out what it holds, and makes ready for what comes next.
      yield gap(clock.now());
      for (let left = wait as number; left > 0 && !signal.aborted; left -= pulse) {
        await clock.sleep(milliseconds(Math.min(left, pulse)), signal);
        yield gap(clock.now());
      }
    }
  };
}

const withoutPictures = ({ name }: Camera): Fault =>
  new Fault(
    'camera-silent',
    `The camera ${name} is connected, and no whole picture has come for ${longWithout / 1000} s: it is waited for. Set its I-frame interval to 1 or 2 s.`,
    { fields: { camera: name } },
  );

/** The source's items, and a pulse after each period without one. */
async function* pulsed<Item>(
  source: AsyncIterable<Item>,
  clock: Clock,
  period: Duration,
): AsyncGenerator<Item | 'pulse', void> {
  const items = source[Symbol.asyncIterator]();
  try {
    let coming = items.next();
    while (true) {
      const waited = new AbortController();
      const late = outOfPatience(clock, period, waited.signal).then(() => 'pulse' as const);
      const next = await Promise.race([coming, late]);
      waited.abort();
      if (next === 'pulse') {
        yield next;
        continue;
      }
      if (next.done) return;
      yield next.value;
      coming = items.next();
    }
  } finally {
    await items.return?.();
  }
}
