/** Pure. Whether anybody is in the room at all (occupancy, with hysteresis on the way back): inside, unknown, or everybody gone out. */
import type { Room } from '@nattfrid/shared/domain/room';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Way } from './exits.ts';
import { nextPresent, nobody, type Present } from './present.ts';
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

/** @returns the presence, and who is present: nobody while all are out. */
export function nextPresence(before: Presence, present: Present, look: Look, room: Room): readonly [Presence, Present] {
  switch (before.name) {
    case 'unknown':
    case 'inside':
      return insideOrOut(present, look, room);
    case 'out': {
      const seen = [...look.sightings.values()].some(({ person }) => isSure(person) && isSeenNow(person));
      const someone = seen ? (before.someone ?? look.at) : undefined;
      if (someone === undefined || look.at - someone < untilBack) return [{ ...before, someone }, nobody];
      return [{ name: 'inside' }, nextPresent(nobody, look, room)[0]];
    }
  }
}

/** Out, if all who were there left by a way out and nobody stayed hidden. */
function insideOrOut(before: Present, look: Look, room: Room): readonly [Presence, Present] {
  const [present, ways] = nextPresent(before, look, room);
  if (present.inside.size > 0) return [{ name: 'inside' }, present];
  const way = ways.includes('bathroom') && !ways.includes('exit') ? 'bathroom' : ways[0];
  if (!way || present.hidden.length > 0) return [{ name: 'unknown' }, present];
  return [{ name: 'out', since: look.at, way }, nobody];
}
