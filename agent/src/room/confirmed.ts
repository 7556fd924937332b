/** Pure. Checks a room that comes from the relay, and joins it with the unit's own masks: it can add masks, never remove one. */
import type { Room } from '@nattfrid/shared/domain/room';
import { needsSecondPerson } from '@nattfrid/shared/domain/room-change';
import { leavesRoom, type RoomFault, roomFaults } from '@nattfrid/shared/domain/room-faults';
import { parseInstant } from '@nattfrid/shared/time/instant';
import type { RoomLetter, RoomRefusal } from '@nattfrid/shared/wire/room-letter';

/**
 * @param base what two people have said yes to last, else the first room of all
 * @returns why the room is refused; undefined: it may be used, if whoever confirmed it has signed. The same version with the same room
 * may come again.
 */
export function refusal(
  letter: RoomLetter,
  current: RoomLetter | undefined,
  configured: Room,
  base: Room | undefined = current?.room,
): RoomRefusal | undefined {
  if (current && letter.version < current.version) return 'older-than-mine';
  if (current && letter.version === current.version)
    return JSON.stringify(letter.room) === JSON.stringify(current.room) ? undefined : 'other-of-same-version';
  if (outOfLimits(letter.room, configured)) return 'not-sane';
  if (!current) return undefined;
  if (current.console && !letter.console) return 'not-signed';
  // What was signed once stays true for ever: a room of last year is not drawn again by whoever has kept it.
  if (current.console && letter.console && parseInstant(letter.console.at) <= parseInstant(current.console.at))
    return 'older-proof';
  const large = needsSecondPerson(current.room, letter.room) || needsSecondPerson(base, letter.room);
  if (!large) return undefined;
  const { second } = letter;
  // Where the first has signed, the second word is one too: a relay can name a second person, and cannot sign for one.
  const isMissing = !second || second.by === letter.confirmedBy || (letter.console && !second.console);
  return isMissing ? 'second-missing' : undefined;
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
