/**
 * Pure. One belief about the room (recursive state estimation): who is there, in which posture, in which bed, and whether the camera
 * sees at all. decide.ts steps it once for each observation, and every detector reads it.
 */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Observation, Observed, Person } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { type Beds, newBeds, nextBeds, occupied } from './bed-state.ts';
import { elapsedSince } from './elapsed.ts';
import { nextWatched, notWatched, type Watched } from './eyesight.ts';
import { nextFates } from './fates.ts';
import { type Identities, type Identity, identified, identityOf, remembered } from './identity.ts';
import type { Visiting } from './in-bed.ts';
import { flickers } from './movement.ts';
import { isKnown, merged, noPersons, type Persons } from './persons.ts';
import { type Limits, type Reading, readPosture } from './posture.ts';
import { nextPresence, type Presence } from './presence.ts';
import type { Hidden } from './present.ts';
import type { Departed, Look, Sighting, Sightings } from './sightings.ts';
import { hasSlid, type Sat } from './slid.ts';
import { bedMoves, nextStirred, type Stirred } from './stirred.ts';
import { type Believed, believable, type Doubts, noDoubts } from './unjumped.ts';

/** What is believed; gaps, ticks and useless pictures leave it as it was, but for the eyesight. */
export interface Situation {
  readonly watched: Watched;
  /** Of the last look that showed something, and how much time that look stands for. */
  readonly at?: Instant;
  readonly elapsed: Duration;
  /** Everybody reported in that look. */
  readonly sightings: Sightings;
  /** Everybody who is reported or remembered. */
  readonly persons: Persons;
  readonly beds: Beds;
  readonly presence: Presence;
  readonly hidden: readonly Hidden[];
  /** By a way out, with that look. */
  readonly wentOut: readonly Identity[];
  readonly stirred: Stirred;
  readonly doubts: Doubts;
}

/** What a situation is built for; its state outlives another room and other terms. */
export interface Surroundings {
  readonly room: Room;
  /** Whether the plan agrees to somebody lying here: that is resting, as on a sofa. */
  mayLie?(box: Box, at: Instant): boolean;
  /** Other limits of posture than the house's: only for measuring how sensitive the alarms are to them. */
  readonly limits?: Limits | undefined;
}

export function situationIn(given: Surroundings): Machine<Situation, Observation, never> {
  return {
    initial: {
      watched: notWatched,
      elapsed: milliseconds(0),
      sightings: new Map(),
      persons: noPersons,
      beds: newBeds(given.room),
      presence: { name: 'unknown' },
      hidden: [],
      wentOut: [],
      stirred: [],
      doubts: noDoubts,
    },
    step(before, event) {
      if (event.type !== 'observed') return [before, []];
      const watched = nextWatched(before.watched, event);
      const after = watched.eyesight.name === 'blind' ? before : looked(before, event, given);
      return [{ ...after, watched }, []];
    },
  };
}

function looked(before: Situation, event: Observed, given: Surroundings): Omit<Situation, 'watched'> {
  const { at } = event;
  const { room } = given;
  const moves = bedMoves(event, room);
  const stirred = nextStirred(before.stirred, moves, at, before.at);
  const identities = identified(before.doubts.identities, tracksIn(event));
  const [doubts, told] = believable({ ...before.doubts, identities }, before.persons, { event, room, stirred });
  const gone = goneIn(event, doubts.identities);
  const known = merged(before.persons, gone);
  const sightings = new Map(
    told.map((one) => [one.who, sightingOf(one, readingIn(event, given, known.atBeds.get(one.who)?.sat))]),
  );
  const elapsed = elapsedSince(before.at, at);
  const sights = event.beds && { beds: event.beds, ...(moves && { moves }) };
  const look: Look = { at, lookedAt: before.at, elapsed, ...sights, stirred, sightings, gone };
  const [beds, atBeds] = nextBeds(
    before.beds,
    { known: known.atBeds, last: before.persons.atBeds },
    look,
    room,
    visitingOf(known, before),
  );
  const was = { first: known.first, inside: known.inside, hidden: before.hidden };
  const [presence, { first, inside, hidden }, left] = nextPresence(before.presence, was, look, room, (left) =>
    occupied(beds, atBeds, left, look),
  );
  const fate = nextFates({ known: known.fate, last: before.persons.fate }, look, atBeds);
  const life = new Map(told.map((one) => [one.who, one.life]));
  const lain = new Map(told.flatMap((one) => (one.lain ? [[one.who, one.lain]] : [])));
  const persons: Persons = { life, lain, first, inside, atBeds, fate };
  const tracks = new Set(event.persons.map(({ track }) => track));
  const stillKnown = (who: Identity) => isKnown(persons, who) || hidden.some((one) => one.who === who);
  return {
    ...{ at, elapsed, sightings, persons, beds, presence, hidden, stirred },
    wentOut: left.map(({ who }) => who),
    doubts: { ...doubts, identities: remembered(doubts.identities, tracks, stillKnown) },
  };
}

/** How everybody in the room came there, as far as it is known. */
const visitingOf = ({ first, inside }: Persons, { hidden, wentOut }: Situation): Visiting => ({
  hidden,
  wentOut,
  came: (who) => inside.get(who)?.from === 'way' || first.get(who)?.besideSomebody === true,
  was(who) {
    const from = inside.get(who)?.from;
    return typeof from === 'object' ? from.who : undefined;
  },
});

const tracksIn = ({ persons, gone = [] }: Observed): readonly number[] => [
  ...persons.map(({ track }) => track),
  ...gone.flatMap(({ track, into }) => (into === undefined ? [track] : [track, into])),
];

const goneIn = ({ gone = [] }: Observed, identities: Identities): readonly Departed[] =>
  gone.map(({ track, why, into }) => ({
    who: identityOf(identities, track),
    why,
    ...(into !== undefined && { into: identityOf(identities, into) }),
  }));

/** The posture of one person in one picture: read once for each person and look. */
const readingIn =
  ({ at, picture }: Observed, { room, mayLie, limits }: Surroundings, sat: Sat | undefined) =>
  (person: Person): Reading => {
    const told = readPosture(person, room, picture.aspect, limits);
    const isBar = !person.joints || person.box.width > widestBody;
    const read = flickers(picture) && isBar ? notUnderstood : told;
    const slid = sat !== undefined && hasSlid(sat, person.box, read, room.beds);
    const reading: Reading = slid ? { posture: 'lying', why: 'slid-off', from: 'shape' } : read;
    // Somebody who rolls off the sofa begins to lie then, and not before.
    return reading.posture === 'lying' && mayLie?.(person.box, at) ? { ...reading, posture: 'resting' } : reading;
  };

/**
 * Where all flickers, shape and box are none of a body's, nor is what reaches over more of the picture's width than this; the joints of
 * one that was understood otherwise say what they say.
 */
const widestBody = 0.6;
const notUnderstood: Reading = { posture: 'unknown', why: 'not-understood', from: 'nothing' };

function sightingOf({ person, asTold, slipped }: Believed, read: (person: Person) => Reading): Sighting {
  const reading = read(asTold);
  return { person, reading: slipped ? read(person) : reading, asTold: { person: asTold, reading } };
}
