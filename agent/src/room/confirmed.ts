/** Pure. Checks a room that comes from the relay, and joins it with the unit's own masks: it can add masks, never remove one. */
import type { Room } from '@nattfrid/shared/domain/room';
import { roomFaults } from '@nattfrid/shared/domain/room-faults';
import type { RoomLetter, RoomRefusal } from '@nattfrid/shared/wire/room-letter';

/** @returns why the room is refused; undefined: it may be used. The same version with the same room may come again. */
export function refusal(letter: RoomLetter, current: RoomLetter | undefined): RoomRefusal | undefined {
  if (current && letter.version < current.version) return 'older-than-mine';
  if (current && letter.version === current.version)
    return JSON.stringify(letter.room) === JSON.stringify(current.room) ? undefined : 'other-of-same-version';
  return roomFaults(letter.room).length > 0 ? 'not-sane' : undefined;
}

/** The confirmed room with the unit's own masks in front. */
export const inUse = (configured: Room, confirmed: Room): Room => ({
  ...confirmed,
  masks: [...configured.masks, ...confirmed.masks],
});
