/** The room in use: the unit's settings, or the confirmed room, which is on disk and in the access log before it is used. */

import { Room } from '@nattfrid/shared/domain/room';
import { withinLimits } from '@nattfrid/shared/domain/room-faults';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import { type RoomAnswer, RoomLetter, type RoomRefusal } from '@nattfrid/shared/wire/room-letter';
import type { AccessTable } from '../store/access-table.ts';
import type { RoomTable } from '../store/room-table.ts';
import { inUse, outOfLimits, refusal } from './confirmed.ts';

export interface RoomKeeper {
  /** The same object until it changes, so that users compare by identity. */
  readonly room: Room;
  /** Version of the confirmed room; undefined: the settings are in use. */
  readonly version: number | undefined;
  /**
   * @param unsigned why those who confirmed it have not signed for it as they should @throws where the room cannot be stored: it is not
   * used then, and the relay sends it again
   */
  consider(letter: RoomLetter, unsigned: RoomRefusal | undefined): RoomAnswer;
}

export function keepRoom(given: {
  readonly table: RoomTable;
  readonly access: Pick<AccessTable, 'write'>;
  /** The room of the unit's settings, whose masks always hold. */
  readonly configured: Room;
  readonly clock: Clock;
  readonly log: Logger;
  readonly changed: () => void;
}): RoomKeeper {
  const { table, access, configured, clock, log, changed } = given;
  let held = load(table, log);
  let room = held ? inUse(configured, stillUsable(held.letter, log)) : configured;
  const answerInUse = ({ letter, since }: Held): RoomAnswer => ({
    type: 'in-use',
    version: letter.version,
    since: printInstant(since),
  });
  return {
    get room() {
      return room;
    },
    get version() {
      return held?.letter.version;
    },
    consider(letter, unsigned) {
      const isHeld = held?.letter.version === letter.version;
      const why = refusal(letter, held?.letter, configured, held?.base) ?? (isHeld ? undefined : unsigned);
      const at = clock.now();
      const line = (what: string) => ({ at, what, subject: `version ${letter.version}`, who: letter.confirmedBy });
      if (why) {
        const fault = why === 'not-sane' ? outOfLimits(letter.room, configured) : undefined;
        access.write(line(`room-refused ${why}`));
        log.warn('Room refused', { version: letter.version, why, ...(fault && { fault }) });
        return { type: 'refused', version: letter.version, why };
      }
      if (held && isHeld) return answerInUse(held);
      access.write(line('room-confirmed'));
      const base = letter.second || !held ? letter.room : held.base;
      table.save({ body: JSON.stringify(letter), since: at, base: JSON.stringify(base) });
      held = { letter, since: at, base };
      room = inUse(configured, letter.room);
      const { beds, exits, masks } = room;
      log.info('Room in use', { version: letter.version, beds: beds.length, exits: exits.length, masks: masks.length });
      changed();
      return answerInUse(held);
    },
  };
}

interface Held {
  readonly letter: RoomLetter;
  readonly since: Instant;
  /** What two people have said yes to last, else the first room: many small changes since then are a large one. */
  readonly base: Room;
}

/** A room that was confirmed before there were limits to beds and hidden floor is used without what breaks them: a fall is never kept quiet. */
function stillUsable({ room, version }: RoomLetter, log: Logger): Room {
  const usable = withinLimits(room);
  if (usable !== room)
    log.warn('The confirmed room leaves too little floor, and is used without its largest beds. Confirm another', {
      version,
      bedsLeftOut: room.beds.length - usable.beds.length,
      floorLeftOut: room.floor !== undefined && usable.floor === undefined,
    });
  return usable;
}

/** @returns undefined, with a log line, where the stored room cannot be read: the settings hold, never half a room */
function load(table: RoomTable, log: Logger): Held | undefined {
  const stored = table.load();
  if (!stored) return undefined;
  try {
    const letter = RoomLetter.parse(JSON.parse(stored.body));
    const base = stored.base === undefined ? letter.room : Room.parse(JSON.parse(stored.base));
    return { letter, since: stored.since, base };
  } catch (error) {
    log.error('The stored room cannot be read and is not used', { words: asFault(error).message });
    return undefined;
  }
}
