/** Pure. One person's way from upright to the floor and up again: a state machine whose evidence, for and against, is counted over time (hysteresis). */
import { apart, type Box, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { Gone, Person } from '@nattfrid/shared/domain/observation';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Posture, Reading } from './posture.ts';
import { isSure } from './sure.ts';

/** Where the person came down from. */
export type From = 'standing' | 'sitting' | 'bed' | 'sank' | 'slid' | 'unseen';
/** The postures that one comes down from. */
export type Above = 'standing' | 'sitting' | 'bed';

interface Known {
  /** Has at some time been surely a person, and not perhaps a thing. */
  readonly sure: boolean;
  readonly first: { readonly at: Instant; readonly box: Box };
}
interface Stood {
  readonly at: Instant;
  readonly box: Box;
}
export type Up = Known & {
  readonly name: 'up';
  /** When each posture from which one can come down was last seen. */
  readonly last: { readonly [Place in Above]?: Instant };
  /** The body as last seen standing. */
  readonly stood?: Stood | undefined;
};
interface Low extends Known {
  readonly since: Instant;
  readonly from: From;
  /** Counted from the last look at which the person was up. */
  readonly fellIn?: Duration;
  /** The highest certainty, 0 to 1, that a person is there. */
  readonly certainty: number;
  /** The body as last seen lying, and as seen when it began. */
  readonly place: Box;
  readonly began: Box;
  readonly lastSeen: Instant;
  /** How long the person was truly seen lying; a weaker witness counts for less. */
  readonly seenLying: Duration;
  /** How long somebody looked since it began: a gap in it is nobody's time on the floor. */
  readonly watchedFor: Duration;
  /** How long looks of late have spoken against it. */
  readonly against: Duration;
}
export type GoingDown = Low & { readonly name: 'going-down' };
/** Certainly lies. `lyingFor` runs on while somebody who came down is lost from sight there, and stands still while they are seen otherwise. */
export type Down = Low & { readonly name: 'down'; readonly lyingFor: Duration };
export type Fate = Up | GoingDown | Down;

/** What one look says of one person. */
export type Witness =
  | { readonly type: 'seen'; readonly person: Person; readonly reading: Reading }
  /** Carried by the tracker, or no longer told, without a reason. */
  | { readonly type: 'unseen' }
  | { readonly type: 'gone'; readonly why: Gone['why'] }
  /** Somebody with another identity, but the same person by all other signs, has risen from this very place. */
  | { readonly type: 'risen' };

/** A body seen lying for so long is no error of the models. */
export const untilSure = seconds(1);
/** A body seen lying for so long is no thing either, though it was never seen to come down. */
export const untilNoThing = seconds(3);
/** A body that was never seen up counts as lying for at most so many times as long as it was truly seen. */
const mostBelieved = 2;
/** When looks have spoken against it for so long, the person is up. */
export const untilUp = seconds(2);
/** A fall takes one or two seconds; somebody who was up longer ago lay down, or was not seen coming down. */
export const longestFall = seconds(4);
/** Whoever was up so lately, and is where and as high as they were then, has not come down, whatever their joints are read to say. */
const asBefore = seconds(30);
/** In heights of the body as it stood: a fall brings its top down by a third and more, also along the view. */
const [sinks, staysHigh] = [0.15, 0.7];
/** Whoever was lost for longer, and turns up clear of the place where they lay, did not lie there. */
const lostForLong = seconds(5);
/** A slow slide over the edge of a bed or down a wall, of somebody who cannot hold on. */
export const longestSlide = seconds(45);

const weight: Record<Reading['from'], number> = { joints: 1, shape: 0.8, box: 0.5, nothing: 0 };

/**
 * @param step how much time this look stands for.
 * @returns what has become of the person; undefined: there is nothing left to remember.
 */
export function nextFate(fate: Fate, look: Witness, at: Instant, step: Duration): Fate | undefined {
  if (look.type === 'seen' && look.reading.posture === 'lying') return seenLying(fate, look, at, step);
  if (fate.name === 'up')
    return look.type === 'gone' ? undefined : look.type === 'seen' ? seenUp(fate, look, at) : fate;
  // The place is as the remembered room, or the body was a thing. But nobody walks out of a picture lying down: what does so and was
  // never seen up was an animal.
  if (look.type === 'gone' && (fate.name === 'going-down' || look.why !== 'edge' || fate.from === 'unseen'))
    return undefined;
  const against = milliseconds(fate.against + step * speaksAgainst(fate, look));
  if (against >= untilUp) return backUp(fate, look, at);
  if (fate.name === 'going-down') return { ...fate, against, watchedFor: milliseconds(fate.watchedFor + step) };
  return { ...fate, against, lyingFor: milliseconds(fate.lyingFor + (waitsThere(fate, look) ? step : 0)) };
}

type Seen = Extract<Witness, { type: 'seen' }>;

function seenLying(fate: Fate, { person, reading }: Seen, at: Instant, step: Duration): Fate {
  const known = { sure: fate.sure || isSure(person), first: fate.first };
  const seen = { place: person.box, lastSeen: at };
  if (fate.name === 'up') {
    if (fate.stood && at - fate.stood.at <= asBefore && isAsHigh(fate.stood.box, person.box))
      return { ...fate, ...known };
    const none = milliseconds(0);
    const { certainty } = person;
    return {
      ...known,
      ...seen,
      certainty,
      name: 'going-down',
      since: at,
      began: person.box,
      ...cameFrom(fate, at),
      seenLying: none,
      watchedFor: none,
      against: none,
    };
  }
  // Whoever lies does not travel, unlike a cat, a robot or somebody who crawls: the lying begins anew at the new place.
  const isElsewhere = at - fate.lastSeen > lostForLong && overlapCoefficient(fate.place, person.box) === 0;
  if (isElsewhere || hasTravelled(fate.began, person.box))
    return seenLying({ ...known, name: 'up', last: {} }, { type: 'seen', person, reading }, at, step);
  const low: Low = {
    ...fate,
    ...known,
    ...seen,
    certainty: Math.max(fate.certainty, person.certainty),
    seenLying: milliseconds(fate.seenLying + step * weight[reading.from]),
    watchedFor: milliseconds(fate.watchedFor + step),
    against: milliseconds(Math.max(0, fate.against - step)),
  };
  if (fate.name === 'down') return { ...low, name: 'down', lyingFor: milliseconds(fate.lyingFor + step) };
  if (low.seenLying < untilSure || low.seenLying <= low.against) return { ...low, name: 'going-down' };
  return { ...low, name: 'down', lyingFor: low.watchedFor };
}

/** By more than the body is long. */
const hasTravelled = (began: Box, now: Box): boolean =>
  apart(began, now) > Math.max(began.width, began.height, now.width, now.height);

const isAsHigh = (before: Box, now: Box): boolean =>
  now.y - before.y <= sinks * before.height &&
  now.height >= staysHigh * before.height &&
  overlapCoefficient(before, now) >= staysHigh;

function seenUp(fate: Up, { person, reading }: Seen, at: Instant): Up {
  const place = cameDownFrom[reading.posture];
  const sure = fate.sure || isSure(person);
  const stands = place === 'standing';
  return {
    ...fate,
    sure,
    ...(stands && { stood: { at, box: person.box } }),
    last: place ? { ...fate.last, [place]: at } : fate.last,
  };
}

function backUp({ sure, first }: GoingDown | Down, look: Witness, at: Instant): Up | undefined {
  if (look.type === 'unseen' || look.type === 'gone') return undefined;
  const up: Up = { name: 'up', sure, first, last: {} };
  return look.type === 'seen' ? seenUp(up, look, at) : up;
}

const cameDownFrom: Record<Posture, keyof Up['last'] | undefined> = {
  upright: 'standing',
  sitting: 'sitting',
  'on-bed': 'bed',
  resting: 'bed',
  'in-bed': 'bed',
  lying: undefined,
  unknown: undefined,
};

/** Everybody passes through sitting on the way down: only somebody who was not up just before came down from sitting. */
function cameFrom({ last }: Up, at: Instant): { readonly from: From; readonly fellIn?: Duration } {
  const recent = (when: Instant | undefined) => when !== undefined && at - when <= longestFall;
  for (const from of ['standing', 'bed'] as const)
    if (recent(last[from])) return { from, fellIn: milliseconds(at - last[from]!) };
  const sat = last.sitting;
  const above = Math.max(last.standing ?? Number.NEGATIVE_INFINITY, last.bed ?? Number.NEGATIVE_INFINITY);
  // Half way, a slide from a bed looks like sitting on the floor; somebody who has sat on a chair for a while fell from it.
  if (at - above <= longestSlide && (sat === undefined || last.bed === above))
    return { from: last.bed === above ? 'slid' : 'sank', fellIn: milliseconds(at - above) };
  if (recent(sat)) return { from: 'sitting', fellIn: milliseconds(at - sat!) };
  return { from: 'unseen' };
}

/** How strongly a look speaks against a body on the floor: 1 as strongly as lying speaks for it. */
function speaksAgainst(fate: GoingDown | Down, look: Witness): number {
  switch (look.type) {
    case 'risen':
      return 1;
    case 'gone':
    case 'unseen':
      return fate.name === 'down' ? 0 : 0.5;
    case 'seen':
      return postureAgainst(fate, look.reading);
  }
}

function postureAgainst(fate: GoingDown | Down, { posture, why, from }: Reading): number {
  switch (posture) {
    case 'upright':
    case 'in-bed':
    case 'on-bed':
    case 'resting':
      return weight[from];
    case 'sitting':
      // Somebody who fell may sit up on the floor and be unable to rise: that is believed slowly. But a crouch is no fall.
      if (fate.name === 'down') return 0.2;
      // A trunk that is neither up nor down hardly speaks against it.
      return why === 'trunk-leaning' ? 0.25 : 1;
    case 'lying':
    case 'unknown':
      return 0;
  }
}

/**
 * Somebody who surely lay there, and vanished without a reason or is not understood any more, still lies there. But a body that was
 * never seen in another posture may be a thing that looks like one for a moment: it must have been seen for longer before.
 */
function waitsThere({ from, seenLying, lyingFor }: Down, look: Witness): boolean {
  if (from === 'unseen' && (seenLying < untilNoThing || lyingFor > mostBelieved * seenLying)) return false;
  return look.type === 'unseen' || look.type === 'gone' || (look.type === 'seen' && look.reading.posture === 'unknown');
}
