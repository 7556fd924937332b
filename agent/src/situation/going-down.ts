/** Pure. One person's way from upright to the floor and up again, with what speaks for it and what against. */

import { apart, type Box } from '@nattfrid/shared/domain/geometry';
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
  readonly track: number;
  /** Has at some time been surely a person, and not perhaps a thing. */
  readonly sure: boolean;
  readonly first: { readonly at: Instant; readonly box: Box };
}
export type Up = Known & {
  readonly name: 'up';
  /** When each posture from which one can come down was last seen. */
  readonly last: { readonly [Place in Above]?: Instant };
};
interface Low extends Known {
  readonly since: Instant;
  readonly from: From;
  /** From the last look at which the person was up. */
  readonly fellIn?: Duration;
  /** 0 to 1: as sure as anybody ever was of a person there. */
  readonly certainty: number;
  /** The body as last seen lying, and as seen when it began. */
  readonly place: Box;
  readonly began: Box;
  readonly lastSeen: Instant;
  /** How long the person was truly seen lying; a weaker witness counts for less. */
  readonly seenLying: Duration;
  /** How long somebody looked since it began: a gap in it is nobody's time on the floor. */
  readonly watchedFor: Duration;
  /** What has spoken against it lately. */
  readonly against: Duration;
}
export type GoingDown = Low & { readonly name: 'going-down' };
/** Certainly lies. `lyingFor` runs on while somebody who came down is lost from sight there, and stands still while seen otherwise. */
export type Down = Low & { readonly name: 'down'; readonly lyingFor: Duration };
export type Fate = Up | GoingDown | Down;

/** What one look has to say of one track. */
export type Look =
  | { readonly type: 'seen'; readonly person: Person; readonly reading: Reading }
  /** Carried by the tracker, or told no more without a reason. */
  | { readonly type: 'unseen' }
  | { readonly type: 'gone'; readonly why: Gone['why'] }
  /** Somebody else by number, but this one by all other signs, has risen from this very place. */
  | { readonly type: 'risen' };

/** Seen lying for so long, it is no stumble of the models. */
export const untilSure = seconds(1);
/** Seen lying for so long, it is no thing either, though it was never seen to come down. */
export const untilNoThing = seconds(3);
/** So much against it, more than for it, and the person is up. */
export const untilUp = seconds(2);
/** A fall takes one or two seconds; who was up longer ago lay down, or was not seen coming down. */
export const longestFall = seconds(4);
/** A slow slide: over the edge and down, or along a wall, with somebody who cannot hold on. */
export const longestSlide = seconds(45);

const weight: Record<Reading['from'], number> = { joints: 1, shape: 0.8, box: 0.5, nothing: 0 };

/**
 * @param step how much time this look stands for.
 * @returns what has become of the person; undefined: nothing is left to remember.
 */
export function next(fate: Fate, look: Look, at: Instant, step: Duration): Fate | undefined {
  if (look.type === 'seen' && look.reading.posture === 'lying') return seenLying(fate, look, at, step);
  if (fate.name === 'up')
    return look.type === 'gone' ? undefined : look.type === 'seen' ? seenUp(fate, look, at) : fate;
  // The place is as the remembered room, or it was a thing. But nobody walks out of a picture lying.
  if (look.type === 'gone' && (fate.name === 'going-down' || look.why !== 'edge')) return undefined;
  const against = milliseconds(fate.against + step * speaksAgainst(fate, look));
  if (against >= untilUp) return backUp(fate, look, at);
  if (fate.name === 'going-down') return { ...fate, against, watchedFor: milliseconds(fate.watchedFor + step) };
  return { ...fate, against, lyingFor: milliseconds(fate.lyingFor + (waitsThere(fate, look) ? step : 0)) };
}

type Seen = Extract<Look, { type: 'seen' }>;

function seenLying(fate: Fate, { person, reading }: Seen, at: Instant, step: Duration): GoingDown | Down {
  const known = { track: person.track, sure: fate.sure || isSure(person), first: fate.first };
  const seen = { place: person.box, lastSeen: at };
  if (fate.name === 'up') {
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
  // Whoever lies does not travel: a cat, a robot or somebody who crawls; who then lies there does so from then on.
  if (hasTravelled(fate.began, person.box))
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

function seenUp(fate: Up, { person, reading }: Seen, at: Instant): Up {
  const place = cameDownFrom[reading.posture];
  const sure = fate.sure || isSure(person);
  return { ...fate, track: person.track, sure, last: place ? { ...fate.last, [place]: at } : fate.last };
}

function backUp({ sure, first, track }: GoingDown | Down, look: Look, at: Instant): Up | undefined {
  if (look.type === 'unseen' || look.type === 'gone') return undefined;
  const up: Up = { name: 'up', track, sure, first, last: {} };
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

/** Everybody passes through sitting on the way down: only who was not up just before came down from sitting. */
function cameFrom({ last }: Up, at: Instant): { readonly from: From; readonly fellIn?: Duration } {
  const recent = (when: Instant | undefined) => when !== undefined && at - when <= longestFall;
  for (const from of ['standing', 'bed'] as const)
    if (recent(last[from])) return { from, fellIn: milliseconds(at - last[from]!) };
  const sat = last.sitting;
  const above = Math.max(last.standing ?? Number.NEGATIVE_INFINITY, last.bed ?? Number.NEGATIVE_INFINITY);
  // Sitting on the floor is how a slide from a bed looks half way; who has sat on a chair for a while fell from it.
  if (at - above <= longestSlide && (sat === undefined || last.bed === above))
    return { from: last.bed === above ? 'slid' : 'sank', fellIn: milliseconds(at - above) };
  if (recent(sat)) return { from: 'sitting', fellIn: milliseconds(at - sat!) };
  return { from: 'unseen' };
}

/** How strongly a look speaks against a body on the floor: 1 as strongly as lying speaks for it. */
function speaksAgainst(fate: GoingDown | Down, look: Look): number {
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
      // Who fell may sit up on the floor and be unable to rise: slow to believe, but a crouch is no fall.
      if (fate.name === 'down') return 0.2;
      // A trunk that neither is up nor lies is hardly a witness against.
      return why === 'trunk-leaning' ? 0.25 : 1;
    case 'lying':
    case 'unknown':
      return 0;
  }
}

/**
 * Vanished without a reason, or not understood, where a body surely lay: that is suspicious, not safe. But who was never seen in
 * another posture may be a thing that looks like a body for a moment: of that more must have been seen.
 */
function waitsThere({ from, seenLying }: Down, look: Look): boolean {
  if (from === 'unseen' && seenLying < untilNoThing) return false;
  return look.type === 'unseen' || look.type === 'gone' || (look.type === 'seen' && look.reading.posture === 'unknown');
}
