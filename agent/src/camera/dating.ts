/** Dates the whole pictures of a session as they come; the first ones together, because many cameras send what they have kept in one lump. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { type Advising, heldBackTooLong, rareKeys } from './advice.ts';
import type { Packet } from './packet.ts';
import type { Depacketized } from './rtp/depacketized.ts';
import { type Arrival, takenAt, takenTogether } from './rtp/taken-at.ts';
import type { VideoTrack } from './rtp/track.ts';

export interface Dating {
  /** More pictures of the first lump may come; so long without one, and it is over. */
  readonly lull: Duration | undefined;
  /** A picture has come that cannot be shown, as those before the first key picture: it tells how far behind the count they arrive. */
  passed(timestamp: number): void;
  /** The picture of this time was only a part, and comes once more: where it still waits it is not given. */
  withdraw(timestamp: number): void;
  /** @param found what has come now; nothing after a lull. @returns what is ready, in the order in which it came */
  take(found: readonly Depacketized[]): readonly Packet[];
}

const lull = milliseconds(20);
/** A lump is no longer than this, in time and in pictures; what comes after it is dated as it comes. */
const [longestLump, mostInLump] = [milliseconds(300), 100];
/** Pictures that have passed for so long before the first whole one show that there is no lump. */
const flowing = milliseconds(200);

interface Arrived extends Arrival {
  readonly picture: Omit<Depacketized & { type: 'picture' }, 'type' | 'timestamp'>;
}

export function datePictures(track: VideoTrack, clock: Clock, advising: Advising): Dating {
  const machine = takenAt(track.clockRate);
  let state = machine.initial;
  let lump: readonly Arrived[] | undefined = [];
  let flows: Duration | undefined;
  let key: number | undefined;

  const arrival = (timestamp: number, key = false): Arrival => ({
    ...{ timestamp, key },
    ...{ arrived: clock.now(), steady: clock.steady() },
  });
  const isOver = (first: readonly Arrived[], goesOn: boolean): boolean => {
    const since = first[0]?.steady;
    if (since === undefined || !goesOn) return true;
    // What an H.265 decoder makes of a part it does not tell: for a moment there may be more of the first picture.
    const mayBePart = first[0]?.picture.codec === 'h265';
    if (!mayBePart && flows !== undefined && since - flows >= flowing) return true;
    return first.length >= mostInLump || clock.steady() - since >= longestLump;
  };
  const dated = (arrived: readonly Arrived[]): readonly Packet[] => {
    const [next, dates] = takenTogether(state, arrived, lump !== undefined, track.clockRate);
    state = next;
    advising.say('times-do-not-count', !state.time.counts);
    if (state.heldBack >= heldBackTooLong) advising.say('b-pictures', true, state.heldBack);
    return arrived.map((one, index) => {
      const at = dates[index] ?? one.arrived;
      if (one.picture.key) keyTaken(one.steady - (one.arrived - at));
      return { type: 'packet', at, ...one.picture };
    });
  };
  const keyTaken = (taken: number) => {
    const apart = milliseconds(taken - (key ?? taken));
    if (key !== undefined) advising.say('rare-key-pictures', apart >= rareKeys, apart);
    key = taken;
  };

  return {
    get lull() {
      return lump?.length ? lull : undefined;
    },
    passed(timestamp) {
      if (lump?.length !== 0) return;
      [state] = machine.step(state, arrival(timestamp));
      flows ??= clock.steady();
    },
    withdraw(timestamp) {
      if (lump) lump = lump.filter((one) => one.timestamp !== timestamp);
    },
    take(found) {
      const arrived = found.flatMap((one): readonly Arrived[] => {
        if (one.type !== 'picture') return [];
        const { timestamp, type: _, ...picture } = one;
        return [{ ...arrival(timestamp, picture.key), picture }];
      });
      const ready: readonly Arrived[] = lump ? [...lump, ...arrived] : arrived;
      if (ready.length === 0) return [];
      if (lump && !isOver(ready, arrived.length > 0)) {
        lump = ready;
        return [];
      }
      const packets = dated(ready);
      lump = undefined;
      return packets;
    },
  };
}
