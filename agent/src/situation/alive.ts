/**
 * Pure. Which tracks are believed to be persons, because something moved as they came (track confirmation by motion evidence): a body
 * does not appear in a room from one look to the next. A chair put there, or a shape in another light, does, and the models take it
 * for a body now and then; it counts as a thing until it moves.
 */
import { apart, type Box } from '@nattfrid/shared/domain/geometry';
import type { Observed, Person } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { bedOf, touches } from './bed-place.ts';
import { lightChanges, somethingMoves } from './movement.ts';
import { doubtful, isSeenNow } from './sure.ts';

/** Of one person, for as long as the models report them. */
export interface Life {
  readonly born: Instant;
  readonly first: Box;
  /** Looks, while they came, in which something moved that nobody else can have moved; and those in which somebody else can. */
  readonly looks: number;
  readonly shared: number;
  /** The longest side of any box so far, in shares of the picture. */
  readonly size: number;
  readonly alive: boolean;
}
/** Of the picture as a whole. */
export interface Watching {
  readonly at?: Instant;
  /** Since when it is known who was there. */
  readonly since?: Instant;
  /** When the light of the whole picture changed last. */
  readonly lightAt?: Instant | undefined;
  /** The recent looks in which something moved, and whether somebody was seen who can have moved it. */
  readonly moved: readonly { readonly at: Instant; readonly shared: boolean }[];
}
export const notWatching: Watching = { moved: [] };

/** Somebody first reported so soon after the watching began, or after a gap so long, may have been there before. */
const [begins, longestGap] = [seconds(10), seconds(5)];
/** While less of the room is known, nobody can say what appeared in it. */
const enoughKnown = 0.8;
const [before, after] = [seconds(2), seconds(30)];
/** A camera's exposure follows a lamp for so long: what moves then need not be a body. */
const untilSettled = seconds(3);
const enoughLooks = 3;
/** In lengths of the longer side of the body. */
const goesFar = 0.5;
/** How many times as large: what is seen of a thing varies as well. */
const grows = 1.8;

export interface Told {
  readonly person: Person;
  /** As known before this look. */
  readonly life: Life | undefined;
  /** Another track, of somebody alive, turned out to be this one all along. */
  readonly isHeir: boolean;
  readonly isAbed: boolean;
}

/** @param told everybody whom the models report. @returns their lives after this look, in the same order. */
export function livesAfter(
  watching: Watching,
  told: readonly Told[],
  { at, picture }: Observed,
  room: Room,
): readonly [Watching, readonly Life[]] {
  const isAnew = watching.at === undefined || at - watching.at > longestGap;
  const since = isAnew ? at : (watching.since ?? at);
  const lately = watching.moved.filter((one) => at - one.at < before);
  const lightAt = lightChanges(picture) ? at : watching.lightAt;
  const isSettling = lightAt !== undefined && at - lightAt < untilSettled;
  const moves = picture.moving === undefined || (somethingMoves(picture) && !isSettling);
  const isStill = picture.moving !== undefined && !somethingMoves(picture);
  const movesByAnother = (one: Told) => told.some((other) => other !== one && isAlive(other));
  const lives = told.map((one): Life => {
    const { person } = one;
    const life = one.life ?? {
      ...{ born: at, first: person.box, size: sizeOf(person.box) },
      ...{ looks: lately.filter(({ shared }) => !shared).length, shared: lately.filter(({ shared }) => shared).length },
      // A sleeper turns up from under a blanket without any other trace of coming.
      alive:
        bedOf(person.box, room.beds) !== undefined ||
        ((at - since < begins || picture.known < enoughKnown) && !(isStill && isOfOneBody(one, told))),
    };
    const counts = moves && at - life.born < after && !movesByAnother(one);
    const looks = life.looks + (counts ? 1 : 0);
    const went = isSeenNow(person) && (hasGone(life.first, person.box) || hasGrown(life.size, person));
    const size = Math.max(life.size, sizeOf(person.box));
    const came =
      looks >= enoughLooks || (at - life.born < after && looks + life.shared >= enoughLooks && mayBe(one, told));
    return { ...life, looks, size, alive: life.alive || came || went || one.isHeir };
  });
  return [
    {
      at,
      since,
      lightAt,
      moved: moves ? [...lately, { at, shared: picture.moving !== undefined && told.some(isAlive) }] : lately,
    },
    lives,
  ];
}

/**
 * What appears while somebody moves about may be a thing that they put there, as a walker beside the bed. It may be a person if
 * those who can have are gone, or if one of them was lost in this very place: then it is that one, who fell there.
 */
function mayBe(one: Told, told: readonly Told[]): boolean {
  const others = told.filter((other) => other !== one && other.life?.alive);
  const isThere = (other: Told) => other.isAbed || isSeenNow(other.person);
  return (
    others.every((other) => !isThere(other)) ||
    others.some((other) => !isThere(other) && touches(other.person.box, one.person.box))
  );
}

/** Whoever was given the number of somebody else: what is known of that one says nothing of them. */
export const born = (at: Instant, { box }: Person): Life => ({
  born: at,
  first: box,
  looks: 0,
  shared: 0,
  size: sizeOf(box),
  alive: false,
});

/** A thing keeps its place in the picture, but no detector takes it for a person. */
export const doubted = (person: Person, { alive }: Life): Person =>
  alive ? person : { ...person, certainty: Math.min(person.certainty, doubtful) };

const isAlive = ({ person, life }: Told): boolean => isSeenNow(person) && life?.alive === true;

/**
 * Somebody who is told at once with somebody else, or beside them, while nothing moves, may be a leg of them, or their pillow: they
 * count once they move by themselves or are seen elsewhere.
 */
const isOfOneBody = (one: Told, told: readonly Told[]): boolean =>
  told.some(
    (other) =>
      other !== one && isSeenNow(other.person) && isFirst(other, one) && touches(one.person.box, other.person.box),
  );

/** Whom of two the other one would be a part of: whoever is believed already, else the surer one. */
function isFirst({ life, person }: Told, other: Told): boolean {
  if (life || other.life) return life?.alive === true;
  return (
    person.certainty > other.person.certainty ||
    (person.certainty === other.person.certainty && person.track < other.person.track)
  );
}

const hasGone = (first: Box, now: Box): boolean =>
  apart(first, now) >= goesFar * Math.max(first.width, first.height, now.width, now.height);

const sizeOf = ({ width, height }: Box): number => Math.max(width, height);

/** Somebody who comes to stand where a thing was taken for a body is given its track. */
const hasGrown = (size: number, { box, joints }: Person): boolean => joints !== undefined && sizeOf(box) > grows * size;
