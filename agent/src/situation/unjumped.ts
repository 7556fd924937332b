/**
 * Pure. What the models report, less what cannot be: bodies that appear at once, and tracks that jump out of a bed (identity switches
 * and drift, gated by motion). Somebody reported elsewhere while the bed lay still is another person who was given the sleeper's track;
 * and where nothing at all has moved, the models have slipped, and the sleeper lies as before. A tracker that carries a sleeper for
 * hours, or a light that changes, may mislead them so.
 */
import { apart, type Box } from '@nattfrid/shared/domain/geometry';
import type { Observed, Person } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { born, doubted, type Life, livesAfter, notWatching, type Watching } from './alive.ts';
import type { AtBeds, AtBedsOf } from './at-beds.ts';
import { bedOf, containmentInOutline } from './bed-place.ts';
import { type Identities, type Identity, identityOf, noIdentities, switched } from './identity.ts';
import { somethingMoves } from './movement.ts';
import { hasHeaved, mayBeLeft, type Stirred } from './stirred.ts';
import { isSeenNow } from './sure.ts';

/** Somebody in bed, as last truly seen there; remembered for as long as the models report them. */
export interface Lain {
  readonly bed: number;
  readonly person: Person;
  readonly since: Instant;
  readonly seenAt: Instant;
  /** The models report them elsewhere now, and are not believed. */
  readonly slipped: boolean;
}

/** Somebody who has been in bed for less long may be falling past it. */
const settled = seconds(10);
/** A movement less long before the sleeper was seen last may have been the beginning of getting up. */
const justBefore = seconds(2);

/** What is remembered beside the persons themselves. */
export interface Doubts {
  readonly watching: Watching;
  readonly identities: Identities;
  /** When a body last moved anywhere in the picture. */
  readonly movedAt?: Instant | undefined;
}
export const noDoubts: Doubts = { watching: notWatching, identities: noIdentities };

/** A person as believed, and as the models report them. */
export interface Believed {
  readonly who: Identity;
  readonly person: Person;
  readonly asTold: Person;
  readonly life: Life;
  readonly lain: Lain | undefined;
  /** Not believed to be where the models report them. */
  readonly slipped: boolean;
}
interface Known {
  readonly life: ReadonlyMap<Identity, Life>;
  readonly lain: ReadonlyMap<Identity, Lain>;
  readonly atBeds: AtBedsOf;
}
interface Around {
  readonly event: Observed;
  readonly room: Room;
  readonly stirred: Stirred;
  readonly movedAt: Instant | undefined;
}

/**
 * @param before with an identity for each track in this observation.
 * @param persons what is known of each so far.
 */
export function believable(
  before: Doubts,
  persons: Known,
  given: Omit<Around, 'movedAt'>,
): readonly [Doubts, readonly Believed[]] {
  const { event, room } = given;
  const around = { ...given, movedAt: somethingMoves(event.picture) ? event.at : before.movedAt };
  const lifeOf = (track: number) => persons.life.get(identityOf(before.identities, track));
  const heirs = new Set(event.gone?.map(({ track, into }) => (lifeOf(track)?.alive ? into : undefined)));
  const told = event.persons.map((person) => {
    const { track } = person;
    const who = identityOf(before.identities, track);
    return { who, person, life: lifeOf(track), isHeir: heirs.has(track), isAbed: persons.lain.has(who) };
  });
  const [watching, lives] = livesAfter(before.watching, told, event, room);
  const believed: Believed[] = [];
  let { identities } = before;
  for (const [index, { who, person: asTold }] of told.entries()) {
    const life = lives[index]!;
    const person = doubted(asTold, life);
    const last = persons.lain.get(who);
    const is = whereaboutsOf(person, last, persons.atBeds.get(who), around);
    switch (is.type) {
      case 'as-told':
        believed.push({ who, person, asTold, life, lain: lainAt(person, last, around), slipped: false });
        break;
      case 'slipped':
        believed.push({ who, person: is.person, asTold, life, lain: is.lain, slipped: true });
        break;
      case 'switched': {
        identities = switched(identities, asTold.track);
        const other = identityOf(identities, asTold.track);
        const anew = { life: born(event.at, asTold), lain: lainAt(person, undefined, around) };
        believed.push({ who: other, person: doubted(asTold, anew.life), asTold, ...anew, slipped: false });
      }
    }
  }
  return [{ watching, identities, movedAt: around.movedAt }, believed];
}

/** Where the person of a track truly is. */
type Whereabouts =
  | { readonly type: 'as-told' }
  /** Still where they lay: not believed to be elsewhere. */
  | { readonly type: 'slipped'; readonly lain: Lain; readonly person: Person }
  /** The track stands for somebody else now. */
  | { readonly type: 'switched' };

/**
 * @param last where this track's person lay, if in a bed.
 * @param atBed how they stood to the beds when they were seen last.
 */
function whereaboutsOf(person: Person, last: Lain | undefined, atBed: AtBeds | undefined, around: Around): Whereabouts {
  if (isSeenNow(person) && atBed?.held && hasLeapt(atBed, person.box, around)) return { type: 'switched' };
  if (!last) return { type: 'as-told' };
  if (hasSlipped(last, person, around)) {
    const unseenFor = milliseconds(around.event.at - last.seenAt);
    return { type: 'slipped', lain: { ...last, slipped: true }, person: { ...last.person, unseenFor } };
  }
  return { type: isSeenNow(person) && hasJumped(last, person.box, around) ? 'switched' : 'as-told' };
}

/** In which bed somebody reported here lies; undefined: in none. */
function lainAt(person: Person, last: Lain | undefined, { event: { at }, room }: Around): Lain | undefined {
  if (!isSeenNow(person) && last) return last;
  const bed = bedOf(person.box, room.beds);
  if (bed === undefined) return undefined;
  return { bed, person, since: last?.bed === bed ? last.since : at, seenAt: at, slipped: false };
}

/** The models, once not believed, are believed again when something has moved and the person is truly seen. */
function hasSlipped(last: Lain, person: Person, { event, room, movedAt }: Around): boolean {
  if (event.picture.moving === undefined || bedOf(person.box, room.beds) === last.bed) return false;
  if (last.seenAt - last.since < settled) return false;
  const still = movedAt === undefined || last.seenAt - movedAt > justBefore;
  return last.slipped ? still || !isSeenNow(person) : still && isSeenNow(person);
}

function hasJumped({ bed }: Lain, box: Box, { event, room, stirred }: Around): boolean {
  const outline = room.beds[bed];
  return outline !== undefined && containmentInOutline(box, outline) === 0 && !mayBeLeft(bed, stirred, event);
}

/** In lengths of the body, from one look at which somebody is truly seen to the next. */
const leap = 0.5;

/** Somebody who was on a bed is all at once away from it, though it has not heaved since: they were seen neither to rise nor to go. */
function hasLeapt({ bed, box: last, seenAt }: AtBeds, now: Box, { event, room, stirred }: Around): boolean {
  const outline = bed === undefined ? undefined : room.beds[bed];
  if (bed === undefined || !outline || containmentInOutline(now, outline) > 0) return false;
  const before = instant(seenAt - justBefore);
  if (mayBeLeft(bed, stirred, event) || hasHeaved(bed, stirred, before, event)) return false;
  return apart(last, now) > leap * Math.max(last.width, last.height, now.width, now.height);
}
