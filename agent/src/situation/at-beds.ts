/**
 * Pure. How each person stands to the beds, and for how long: lying in one, sitting on one, or away from them. Nobody sits up or lies
 * down in a bed that lies still, so all looks since it heaved last are summed up (evidence accumulation with hysteresis); and
 * whoever was on a bed is up when they have gone from there, not when one look reads them so.
 */
import { apart, type Box, overlapCoefficient, type Polygon } from '@nattfrid/shared/domain/geometry';
import type { Room } from '@nattfrid/shared/domain/room';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import { containmentInOutline } from './bed-place.ts';
import type { Identity } from './identity.ts';
import type { Reading } from './posture.ts';
import type { Look } from './sightings.ts';
import { nextSat, type Sat } from './slid.ts';
import { hasHeaved, mayBeLeft } from './stirred.ts';
import { isSeenNow, isSure } from './sure.ts';

/** How one person, who is or was in sight, stands to the beds. */
export interface AtBeds {
  /** Where first seen: somebody who turns up at a bed rose from it. */
  readonly first: Box;
  readonly box: Box;
  readonly seenAt: Instant;
  readonly posture: 'lying-in' | 'sitting-on' | 'off' | 'unclear';
  readonly bed?: number | undefined;
  /** For how long the posture of now has been believed. */
  readonly lasts: Duration;
  /** Has surely come to this bed, and not gone from it. */
  readonly held: boolean;
  /** Where they were when they came to this bed, or rose or lay down in it. */
  readonly from: Box;
  /** The largest box in which they were read to lie in this bed: all of their body, and its blanket. */
  readonly whole?: Box | undefined;
  /** For how much longer lying was read than sitting since the bed heaved last; below 0: sitting was. */
  readonly lies: number;
  /** How they sat on a bed, until they are in it or up. */
  readonly sat?: Sat | undefined;
  /** When they were seen on this bed last, and for how long they have been read to be up elsewhere since. */
  readonly onAt: Instant;
  readonly awayFor: Duration;
}
export type AtBedsOf = ReadonlyMap<Identity, AtBeds>;

/** A posture read for so long is no flicker. */
const untilSure = seconds(2);
/** What was read is believed against so long of the other at most, and against so long once the bed has heaved. */
const [mostSure, mostSureOnceHeaved] = [seconds(10), seconds(2)];
/** Less than what is believed at most, and more than what is left of it once the bed has heaved. */
const longInBed = seconds(8);
/** Whoever is found elsewhere is another who was given their track, unless the bed has heaved as they went, or it lasts. */
const [justBefore, longestRising, untilAwayFromStill] = [seconds(2), seconds(15), seconds(30)];
/**
 * Who sits on the edge has their feet on the floor: the bed heaves as they begin to rise, and no more as they stand before it; it need
 * not heave at all when somebody rises who has surely sat there for so long.
 */
const [asTheySat, surelySat] = [seconds(10), seconds(5)];
/** Share of the sleeper that a head with its shoulders is at most, and share of it that lies within them. */
const [smallPart, mostOfIt] = [0.3, 0.85];
/** In lengths of the body: who has gone so far from where they sat or lay does so no more. */
const goesFrom = 0.25;

export const isSettled = ({ lasts }: AtBeds): boolean => lasts >= untilSure;

export const isSurelyUp = (one: AtBeds | undefined): boolean =>
  one !== undefined && one.posture === 'off' && isSettled(one);

/**
 * Who has long been seen to lie in a bed, and has not gone from it, is not on the floor, whatever some looks say of where their body is.
 * Once the bed heaves they may have left it, and what was seen before counts for little.
 */
export const sleeps = (one: AtBeds | undefined): boolean =>
  one?.held === true && one.posture === 'lying-in' && one.lies >= longInBed;

const up = { posture: 'off', bed: undefined, held: false, lasts: untilSure } as const;

/** Whoever is reported now joins those who were known before. @param wentOut by a way out, at the look before. */
export function nextAtBeds(before: AtBedsOf, look: Look, wentOut: readonly Identity[], room: Room): AtBedsOf {
  const people = new Map(before);
  for (const [who, { person, reading }] of look.sightings) {
    if (!isSure(person) || !isSeenNow(person)) continue;
    const last = people.get(who);
    const now = nextOf(last, person.box, reading, look, room);
    people.set(who, { ...now, sat: satSince(last?.sat, now, reading, look, room) });
  }
  for (const { who, why } of look.gone) {
    const one = people.get(who);
    if (one?.bed === undefined || !hasHeaved(one.bed, look.stirred, one.seenAt, look)) continue;
    // A place learnt with the sleeper in it looks empty with them there: unless the bed has heaved since, nobody has gone.
    if (why === 'empty') people.set(who, { ...one, held: false, bed: undefined });
  }
  for (const who of wentOut) {
    const one = people.get(who);
    if (one && mayHaveGoneOut(one, look)) people.set(who, { ...one, ...up });
  }
  return people;
}

function satSince(
  before: Sat | undefined,
  { posture, held, bed, box }: AtBeds,
  { why }: Reading,
  { moves }: Look,
  room: Room,
): Sat | undefined {
  if (before && why === 'slid-off') return { ...before, slid: true };
  const isBack = before?.slid === true && (moves?.[before.bed]?.heaves !== false || why === 'trunk-up-on-legs');
  if (before && (posture === 'unclear' || (before.slid && !isBack))) return before;
  const outline = bed === undefined ? undefined : room.beds[bed];
  if (posture !== 'sitting-on' || bed === undefined || !outline) return undefined;
  return held ? nextSat(before, { bed, box }, outline) : before;
}

/** Nobody goes out of the room from lying in bed: they are seen up before, if only for a look. */
export const mayHaveGoneOut = (one: AtBeds, look: Look): boolean =>
  mayHaveGone(one, look) && (!one.held || one.posture !== 'lying-in' || one.awayFor > 0);

/** Whether somebody who is found elsewhere is the one who was on this bed: it has heaved as they went. */
function mayHaveGone({ bed, held, onAt, awayFor, posture, lies }: AtBeds, look: Look): boolean {
  if (!held || bed === undefined || lies <= -surelySat) return true;
  const before = posture === 'sitting-on' ? asTheySat : justBefore;
  const asTheyWent = Math.max(onAt - before, look.at - awayFor - longestRising);
  return hasHeaved(bed, look.stirred, instant(asTheyWent), look);
}

function nextOf(last: AtBeds | undefined, box: Box, reading: Reading, look: Look, room: Room): AtBeds {
  const seen = { box, seenAt: look.at };
  if (last?.held && last.bed !== undefined && look.beds)
    return { ...nextOnBed(last, last.bed, box, reading, look, room), ...seen };
  const posture = placeOf(reading);
  const { bed } = reading;
  if (last?.posture !== posture || last.bed !== bed) {
    const none = milliseconds(0);
    // Who turns up on a bed that has just heaved was in it.
    const held =
      last === undefined && bed !== undefined && look.beds !== undefined && mayBeLeft(bed, look.stirred, look);
    const anew = { held, whole: undefined, lasts: none, lies: 0, awayFor: none, onAt: look.at };
    return { ...seen, ...anew, first: last?.first ?? box, from: box, posture, bed };
  }
  const lasts = milliseconds(last.lasts + look.elapsed);
  return { ...last, ...seen, lasts, onAt: look.at, held: bed !== undefined && lasts >= untilSure };
}

/** What is read of somebody on a bed is weighed against what was read since it heaved last. */
function nextOnBed(last: AtBeds, bed: number, box: Box, reading: Reading, look: Look, room: Room): AtBeds {
  const { at, elapsed, moves } = look;
  const outline = room.beds[bed];
  const read = placeOf(reading);
  const isOff = read === 'off' && (reading.why === 'slid-off' || hasGoneFrom(last, box, reading, outline));
  const isElsewhere = reading.bed === undefined ? isOff : reading.bed !== bed;
  // Whoever is not understood where they have gone to has not come back by that.
  const isUnclear = read === 'unclear' && isClearOf(box, outline);
  const awayFor = milliseconds(isElsewhere ? last.awayFor + elapsed : isUnclear ? last.awayFor : 0);
  const isGone = reading.why === 'slid-off' || mayHaveGone({ ...last, awayFor }, look);
  const whole = reading.posture === 'in-bed' && reading.bed === bed ? larger(last.whole, box) : last.whole;
  const isPart = isElsewhere && whole !== undefined && isPartOf(whole, box);
  const until = isPart ? untilAwayFromStill : untilAway(last, reading, isGone);
  if (awayFor >= until)
    return { ...last, whole: undefined, posture: read, bed: reading.bed, held: false, lies: 0, lasts: awayFor };
  const limit = moves?.[bed]?.heaves ? mostSureOnceHeaved : mostSure;
  const says = isElsewhere ? 0 : speaksForLying(reading) * elapsed;
  const lies = Math.min(Math.max(last.lies + says, -limit), limit);
  const posture = lies > 0 ? 'lying-in' : lies < 0 ? 'sitting-on' : last.posture;
  const onAt = isElsewhere ? last.onAt : at;
  if (posture === last.posture)
    return { ...last, whole, lies, awayFor, onAt, lasts: milliseconds(last.lasts + elapsed) };
  return { ...last, whole, posture, lies, awayFor, onAt, from: box, lasts: milliseconds(0) };
}

const isClearOf = (box: Box, outline: Polygon | undefined): boolean =>
  outline !== undefined && containmentInOutline(box, outline) < 0.1;

const area = ({ width, height }: Box): number => width * height;
const larger = (one: Box | undefined, other: Box): Box => (one && area(one) > area(other) ? one : other);

/**
 * A head on its pillow is above the outline of the bed, and looks like a small body that lies beside it: but a part of where somebody
 * lies in bed is no place that they have gone to.
 */
const isPartOf = (whole: Box, box: Box): boolean =>
  area(box) <= smallPart * area(whole) && overlapCoefficient(whole, box) >= mostOfIt;

const untilAway = (last: AtBeds, { posture }: Reading, isGone: boolean): number =>
  isGone ? untilSure : posture === 'lying' ? untilNotInBed(last) : untilAwayFromStill;

/** A body that lies still before a bed, and was taken for one in it: whichever was read for longer is so. */
const untilNotInBed = ({ lies }: AtBeds): number => Math.max(untilSure, lies);

/** Of somebody who has not gone from their bed: who is upright there sits on its edge, or is just getting up. */
function speaksForLying({ posture }: Reading): number {
  switch (posture) {
    case 'in-bed':
      return 1;
    case 'on-bed':
    case 'upright':
    case 'sitting':
      return -1;
    case 'lying':
    case 'resting':
    case 'unknown':
      return 0;
  }
}

/** Whoever lay there and is up comes to the edge first, however long the bed is. */
function hasGoneFrom({ from, posture }: AtBeds, now: Box, { posture: read }: Reading, outline: Polygon | undefined) {
  const isAtEdge = posture === 'lying-in' && read !== 'lying' && outline && containmentInOutline(now, outline) > 0;
  return !isAtEdge && apart(from, now) > goesFrom * Math.max(from.width, from.height, now.width, now.height);
}

function placeOf({ posture }: Reading): AtBeds['posture'] {
  switch (posture) {
    case 'in-bed':
      return 'lying-in';
    case 'on-bed':
      return 'sitting-on';
    case 'upright':
    case 'sitting':
    case 'lying':
    case 'resting':
      return 'off';
    case 'unknown':
      return 'unclear';
  }
}
