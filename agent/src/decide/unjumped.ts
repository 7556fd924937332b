/**
 * Pure. Tracks that do not jump: who is told far from the bed they were last seen in, while that bed lay still, is somebody else
 * who was given their number, and whoever lay there lies there. A tracker that carries a sleeper for hours may be mistaken so.
 */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Observed } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { bedOf, isBeside, nextStirred, type Stirred, sinceStirring } from './bed-place.ts';

interface Lain {
  readonly bed: number;
  readonly seenAt: Instant;
}
export interface Jumps {
  readonly stirred: Stirred;
  /** In which bed each track was truly seen last. */
  readonly lain: ReadonlyMap<number, Lain>;
  /** The number under which a track has been told on since it jumped. */
  readonly told: ReadonlyMap<number, number>;
}
export const noJumps: Jumps = { stirred: [], lain: new Map(), told: new Map() };

const seenNow = seconds(1);
/** Seen in bed less long ago, it was followed on its way. */
const lostFor = seconds(2);
/** No tracker gets so far: what is told on has a number of its own. */
const another = 1_000_000;

export function unjumped(before: Jumps, event: Observed, room: Room): readonly [Jumps, Observed] {
  const stirred = nextStirred(before.stirred, event);
  const lain = new Map<number, Lain>();
  const told = new Map<number, number>();
  const persons = event.persons.map((person) => {
    const { track, box, unseenFor } = person;
    const last = before.lain.get(track);
    const jumps = last !== undefined && unseenFor < seenNow && hasJumped(last, box, event, stirred, room);
    const number = jumps ? (before.told.get(track) ?? track) + another : (before.told.get(track) ?? track);
    if (number !== track) told.set(track, number);
    const bed = unseenFor < seenNow ? bedOf(box, room.beds) : last?.bed;
    if (bed !== undefined)
      lain.set(track, { bed, seenAt: unseenFor < seenNow ? event.at : (last?.seenAt ?? event.at) });
    return number === track ? person : { ...person, track: number };
  });
  const numberOf = (track: number) => told.get(track) ?? before.told.get(track) ?? track;
  const gone = event.gone?.map((one) => ({
    ...one,
    track: numberOf(one.track),
    ...(one.into !== undefined && { into: numberOf(one.into) }),
  }));
  return [
    { stirred, lain, told },
    told.size + before.told.size === 0 ? event : { ...event, persons, ...(gone && { gone }) },
  ];
}

function hasJumped({ bed, seenAt }: Lain, box: Box, event: Observed, stirred: Stirred, room: Room): boolean {
  const outline = room.beds[bed];
  if (!outline || !event.beds || event.at - seenAt < lostFor || isBeside(outline, box)) return false;
  return event.at - (stirred[bed] ?? Number.NEGATIVE_INFINITY) >= sinceStirring;
}
