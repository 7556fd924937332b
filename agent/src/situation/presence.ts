/** Pure. Whether anybody is in the room at all (occupancy, with hysteresis on the way back): inside, unknown, or everybody gone out. */
import type { Room } from '@nattfrid/shared/domain/room';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Occupied } from './bed-state.ts';
import type { Way } from './exits.ts';
import type { Identity } from './identity.ts';
import { type Left, nextPresent, nobody, type Present } from './present.ts';
import type { Look } from './sightings.ts';
import { isSeenNow, isSure } from './sure.ts';

export type Presence =
  /** Nobody has been seen yet, or everybody in the room is hidden. Never counts as out. */
  | { readonly name: 'unknown' }
  | { readonly name: 'inside' }
  /** All who were inside left by a way out. `someone`: since when somebody seems to be back. */
  | { readonly name: 'out'; readonly since: Instant; readonly way: Way; readonly someone?: Instant | undefined };

/** Somebody seen for a shorter time may be an error of the models, and is not back. */
const untilBack = seconds(1);

type Now = readonly [Presence, Present, readonly Left[]];

/** @returns the presence, who is present (nobody while all are out), and who has gone out with this look. */
export function nextPresence(
  before: Presence,
  present: Present,
  look: Look,
  room: Room,
  abed: (left: readonly Identity[]) => Occupied,
): Now {
  switch (before.name) {
    case 'unknown':
    case 'inside':
      return insideOrOut(present, look, room, abed);
    case 'out': {
      const seen = [...look.sightings.values()].some(({ person }) => isSure(person) && isSeenNow(person));
      const someone = seen ? (before.someone ?? look.at) : undefined;
      if (someone === undefined || look.at - someone < untilBack) return [{ ...before, someone }, nobody, []];
      return [{ name: 'inside' }, nextPresent(nobody, look, room)[0], []];
    }
  }
}

/**
 * Out, if all who were there left by a way out and nobody stayed hidden or in bed. Whoever came in may go out again and takes nobody
 * with them, so that a bed in which something only stirs is not empty because a visitor leaves.
 */
function insideOrOut(before: Present, look: Look, room: Room, abed: (left: readonly Identity[]) => Occupied): Now {
  const [present, left] = nextPresent(before, look, room);
  if (present.inside.size > 0) return [{ name: 'inside' }, present, left];
  const ways = left.map(({ way }) => way);
  const way = ways.includes('bathroom') && !ways.includes('exit') ? 'bathroom' : ways[0];
  if (!way || present.hidden.length > 0) return [{ name: 'unknown' }, present, left];
  const inBed = abed(left.map(({ who }) => who));
  if (inBed === 'went-in' || (inBed === 'stirs' && left.every(({ from }) => from === 'way')))
    return [{ name: 'unknown' }, present, left];
  return [{ name: 'out', since: look.at, way }, nobody, left];
}
