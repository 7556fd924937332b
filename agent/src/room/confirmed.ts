/** Pure. May a room that comes from outside be used, and what is used then: it can add masks, never take a configured one away. */
import type { Room } from '@nattfrid/shared/domain/room';
import { roomFaults } from '@nattfrid/shared/domain/room-faults';
import type { RoomLetter, RoomRefusal } from '@nattfrid/shared/wire/room-letter';

/** @returns why not; undefined: it may. The same version with the same room may always come again. */
export function refusal(letter: RoomLetter, current: RoomLetter | undefined): RoomRefusal | undefined {
  if (current && letter.version < current.version) return 'older-than-mine';
  if (current && letter.version === current.version)
    return JSON.stringify(letter.room) === JSON.stringify(current.room) ? undefined : 'other-of-same-version';
  return roomFaults(letter.room).length > 0 ? 'not-sane' : undefined;
}

/** The unit's own masks stand first, whatever was confirmed. */
export const inUse = (configured: Room, confirmed: Room): Room => ({
  ...confirmed,
  masks: [...configured.masks, ...confirmed.masks],
});
