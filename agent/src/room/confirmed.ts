/** Pure. Checks a room that comes from the relay, and joins it with the unit's own masks: it can add masks, never remove one. */
import type { Room } from '@nattfrid/shared/domain/room';
import { leavesRoom, type RoomFault, roomFaults } from '@nattfrid/shared/domain/room-faults';
import type { RoomLetter, RoomRefusal } from '@nattfrid/shared/wire/room-letter';

/** @returns why the room is refused; undefined: it may be used. The same version with the same room may come again. */
export function refusal(
  letter: RoomLetter,
  current: RoomLetter | undefined,
  configured: Room,
): RoomRefusal | undefined {
  if (current && letter.version < current.version) return 'older-than-mine';
  if (current && letter.version === current.version)
    return JSON.stringify(letter.room) === JSON.stringify(current.room) ? undefined : 'other-of-same-version';
  return outOfLimits(letter.room, configured) ? 'not-sane' : undefined;
}

/** What is wrong with it, also together with the unit's own masks. */
export function outOfLimits(room: Room, configured: Room): RoomFault['why'] | undefined {
  const [first] = roomFaults(room);
  if (first) return first.why;
  // A unit whose own masks leave too little by themselves is as its owner wants it.
  return leavesRoom(configured) && !leavesRoom(inUse(configured, room)) ? 'no-floor-left' : undefined;
}

/** The confirmed room with the unit's own masks in front. */
export const inUse = (configured: Room, confirmed: Room): Room => ({
  ...confirmed,
  masks: [...configured.masks, ...confirmed.masks],
});
