/**
 * Pure. Who is believed to be a person because they came: a body does not appear in a room from one look to the next. Of what does,
 * a chair put there, a shape in another light, the models make a body of a different posture at each look; it is taken for a
 * thing until it moves.
 */
import { apart, type Box } from '@nattfrid/shared/domain/geometry';
import type { Observed, Person } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { bedOf } from './bed-place.ts';
import { somethingMoves } from './movement.ts';

interface Life {
  readonly born: Instant;
  readonly first: Box;
  /** Looks in which something moved while it came, that nobody else can have moved. */
  readonly looks: number;
  readonly alive: boolean;
}
export interface Lives {
  readonly at?: Instant;
  /** Since when it is known who was there. */
  readonly watching?: Instant;
  /** The looks of late in which something moved. */
  readonly moved: readonly Instant[];
  readonly of: ReadonlyMap<number, Life>;
}
export const noLives: Lives = { moved: [], of: new Map() };

/** Who is told so soon after the watching began, or after a gap so long, may have been there before. */
const [begins, gap] = [seconds(10), seconds(5)];
/** For less of the room known nothing can be said. */
const known = 0.8;
const [before, after] = [seconds(2), seconds(30)];
const enough = 3;
/** Of the longer side of the body. */
const goesFar = 0.5;
const seenNow = seconds(1);
/** Under that from which the detectors take somebody for a person. */
const thing = 0.49;

/** @returns what the detectors are to be told instead of the event */
export function aliveIn(lives: Lives, event: Observed, room: Room): readonly [Lives, Observed] {
  const { at, picture, persons } = event;
  const isAnew = lives.at === undefined || at - lives.at > gap;
  const watching = isAnew ? at : (lives.watching ?? at);
  const lately = lives.moved.filter((moment) => at - moment < before);
  const moves = picture.moving === undefined || somethingMoves(picture);
  const moved = moves ? [...lately, at] : lately;
  const inherited = new Set(
    (event.gone ?? []).flatMap(({ track, into }) => (lives.of.get(track)?.alive && into !== undefined ? [into] : [])),
  );
  const isOther = (one: Person, other: Person) =>
    other.track !== one.track && other.unseenFor < seenNow && lives.of.get(other.track)?.alive === true;
  const of = new Map<number, Life>();
  for (const one of persons) {
    const life = lives.of.get(one.track) ?? {
      ...{ born: at, first: one.box, looks: lately.length },
      // From under a blanket a sleeper turns up without a trace.
      alive: at - watching < begins || picture.known < known || bedOf(one.box, room.beds) !== undefined,
    };
    const counts = moves && at - life.born < after && !persons.some((other) => isOther(one, other));
    const looks = life.looks + (counts ? 1 : 0);
    const gone = one.unseenFor < seenNow && hasGone(life.first, one.box);
    of.set(one.track, { ...life, looks, alive: life.alive || looks >= enough || gone || inherited.has(one.track) });
  }
  if (persons.every(({ track }) => of.get(track)?.alive)) return [{ at, watching, moved, of }, event];
  const believed = persons.map((one) =>
    of.get(one.track)?.alive ? one : { ...one, certainty: Math.min(one.certainty, thing) },
  );
  return [
    { at, watching, moved, of },
    { ...event, persons: believed },
  ];
}

const hasGone = (first: Box, now: Box): boolean =>
  apart(first, now) >= goesFar * Math.max(first.width, first.height, now.width, now.height);
