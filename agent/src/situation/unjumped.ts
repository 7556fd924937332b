/**
 * Pure. Tracks that do not jump out of a bed. Nobody leaves one without moving it: who is told elsewhere while it lay still is
 * somebody else who was given their number; and where nothing at all has moved, the eyes have slipped, and the sleeper lies
 * as before. A tracker that carries a sleeper for hours, or a light that changes, may mislead them so.
 */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Observed, Person } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { bedOf, hasStirred, nextStirred, type Stirred, shareWithin } from './bed-place.ts';
import { somethingMoves } from './movement.ts';

/** Somebody in bed, as last truly seen there. */
interface Lain {
  readonly bed: number;
  readonly person: Person;
  readonly since: Instant;
  readonly seenAt: Instant;
  /** The eyes tell of them elsewhere now, and are not believed. */
  readonly slipped: boolean;
}
export interface Jumps {
  readonly stirred: Stirred;
  /** When anything but the light has moved in the picture. */
  readonly movedAt?: Instant | undefined;
  readonly lain: ReadonlyMap<number, Lain>;
  /** The number under which a track is told on since it jumped. */
  readonly told: ReadonlyMap<number, number>;
}
export const noJumps: Jumps = { stirred: [], lain: new Map(), told: new Map() };

const seenNow = seconds(1);
/** Who has been in bed for less long may be falling past it. */
const settled = seconds(10);
/** What has moved less long before the sleeper was seen last may have been the beginning of it. */
const justBefore = seconds(2);
/** No tracker counts so far. */
const another = 1_000_000;

/** @returns what the detectors are to be told instead of the event */
export function unjumped(before: Jumps, event: Observed, room: Room): readonly [Jumps, Observed] {
  const now = {
    stirred: nextStirred(before.stirred, event),
    movedAt: somethingMoves(event.picture) ? event.at : before.movedAt,
  };
  const lain = new Map<number, Lain>();
  const told = new Map<number, number>();
  const persons = event.persons.map((person) => {
    const { track } = person;
    const last = before.lain.get(track);
    const slipped = last && hasSlipped(last, person, now.movedAt, event, room);
    if (slipped) {
      const number = before.told.get(track);
      lain.set(track, { ...last, slipped });
      if (number !== undefined) told.set(track, number);
      return numbered({ ...last.person, unseenFor: milliseconds(event.at - last.seenAt) }, number);
    }
    const isSeen = person.unseenFor < seenNow;
    const jumped = last && isSeen && hasJumped(last, person.box, now.stirred, event, room);
    const number = jumped ? (before.told.get(track) ?? track) + another : before.told.get(track);
    if (number !== undefined) told.set(track, number);
    const bed = bedOf(person.box, room.beds);
    if (!isSeen && last) lain.set(track, last);
    else if (bed !== undefined) {
      const since = last?.bed === bed ? last.since : event.at;
      lain.set(track, { bed, person, since, seenAt: event.at, slipped: false });
    }
    return numbered(person, number);
  });
  const numberOf = (track: number) => told.get(track) ?? before.told.get(track) ?? track;
  const gone = event.gone?.map((one) => ({
    ...one,
    track: numberOf(one.track),
    ...(one.into !== undefined && { into: numberOf(one.into) }),
  }));
  return [
    { ...now, lain, told },
    { ...event, persons, ...(gone && { gone }) },
  ];
}

const numbered = (person: Person, number: number | undefined): Person =>
  number === undefined ? person : { ...person, track: number };

/** Once not believed, they are not until something has moved and they are truly seen. */
function hasSlipped(
  last: Lain,
  { box, unseenFor }: Person,
  movedAt: Instant | undefined,
  event: Observed,
  room: Room,
): boolean {
  if (event.picture.moving === undefined || bedOf(box, room.beds) === last.bed) return false;
  if (last.seenAt - last.since < settled) return false;
  const still = movedAt === undefined || last.seenAt - movedAt > justBefore;
  return last.slipped ? still || unseenFor >= seenNow : still && unseenFor < seenNow;
}

function hasJumped({ bed }: Lain, box: Box, stirred: Stirred, event: Observed, room: Room): boolean {
  const outline = room.beds[bed];
  if (!outline || !event.beds || shareWithin(outline, box) > 0) return false;
  return !hasStirred(stirred[bed], event.at);
}
