/**
 * Pure. Whether somebody is in each bed: by who went to it and who rose from it, by the bulge under the blanket and its small
 * movements, and never by a posture alone. Who was seen to go in stays in, however still, until somebody is seen to leave.
 */
import type { BedStateName } from '@nattfrid/shared/domain/evidence-code';
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { BedSight, Observation, Observed } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds, minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { hasStirred, isBeside, stirring } from './bed-place.ts';
import { believable, type Doubts, noDoubts } from './believable.ts';
import { believed } from './elapsed.ts';
import { type Reading, readPosture } from './posture.ts';
import { isSure } from './sure.ts';

export type WhyBed =
  /** in-bed */
  | 'seen-lying'
  | 'went-in'
  | 'stirs'
  /** on-edge */
  | 'seen-sitting'
  /** not-in-bed */
  | 'left'
  | 'seen-elsewhere'
  /** unknown */
  | 'nothing-seen'
  | 'not-watched'
  | 'lies-still'
  | 'looks-empty';

export interface BedState {
  readonly name: BedStateName;
  readonly since: Instant | undefined;
  readonly why: WhyBed;
}

/** Somebody who is or was in sight. */
interface Known {
  readonly track: number;
  /** Where first seen: who turns up at a bed rose from it. */
  readonly first: Box;
  readonly box: Box;
  readonly seenAt: Instant;
  /** For how long the posture of now has been read. */
  readonly posture: 'lying-in' | 'sitting-on' | 'off' | 'unclear';
  readonly bed?: number | undefined;
  readonly lasts: Duration;
}

interface Bed {
  readonly state: BedState;
  /** Who went in: tracks, also those that are not seen any more. */
  readonly inIt: readonly number[];
  readonly stirredAt?: Instant | undefined;
  /** When it stirred of late, each some seconds apart. */
  readonly stirs: readonly Instant[];
  readonly bulgeFor: Duration;
  /** Somebody turned up at it and is up, of whom it was not known that they lay there. */
  readonly risen: boolean;
  /** The share of it that differed from the remembered bed while somebody was seen to lie there. */
  readonly looksWithSleeper?: number | undefined;
  readonly emptyFor: Duration;
}

/** What is known of the beds. */
export interface Beds {
  readonly beds: readonly Bed[];
  readonly people: readonly Known[];
  readonly at?: Instant;
  /** How long somebody has been seen up and away from every bed. */
  readonly upFor: Duration;
}
export type BedStates = Beds & { readonly doubts: Doubts };

/** A posture must be read for so long, to be no flicker. */
const untilSure = seconds(2);
const seenNow = seconds(1);
/** Not seen for so long where the bed was the last place: under the blanket. */
const untilHidden = seconds(3);
/** Unwatched for longer, and anybody may have come or gone. */
const longestUnwatched = seconds(60);
/** Share of a bed: a cat is a twentieth, a large dog a sixth, a grown body with its blanket a third and more. */
const bulges = 0.22;
const flat = 0.05;
/** Movements so far apart are two; so many in so long a time, under a bulge, are somebody. */
const [apart, enough, within] = [seconds(5), 3, minutes(10)];
const untilBulge = seconds(20);
/** What never moves for so long, and was never seen to go in, is a heap. */
const stillAsAHeap = minutes(20);
/** Seen up for so long, while nothing stirs in the bed. */
const untilElsewhere = seconds(10);
const calmBed = seconds(60);

const none = milliseconds(0);
const newBed: Bed = {
  state: { name: 'unknown', since: undefined, why: 'nothing-seen' },
  inIt: [],
  stirs: [],
  bulgeFor: none,
  risen: false,
  emptyFor: none,
};

/** Gives no findings: what it knows is its state, for detectors to hold within theirs. */
export function bedStates(room: Room): Machine<BedStates, Observation, never> {
  return {
    initial: { ...newBeds(room), doubts: noDoubts },
    step(before, event) {
      if (event.type !== 'observed') return [before, []];
      const [doubts, credible] = believable(before.doubts, event, room);
      return [{ ...nextBeds(before, credible, room), doubts }, []];
    },
  };
}

export const newBeds = (room: Room): Beds => ({ beds: room.beds.map(() => newBed), people: [], upFor: none });

/** For whoever has made the event believable already. Another bed may have been marked since. */
export const nextBeds = (before: Beds, event: Observed, room: Room): Beds =>
  look({ ...before, beds: room.beds.map((_, bed) => before.beds[bed] ?? newBed) }, event, room);

export const told = ({ beds }: Beds): readonly BedState[] => beds.map(({ state }) => state);

function look(before: Beds, event: Observed, room: Room): Beds {
  const { at } = event;
  const step = believed(before.at, at);
  const unwatched = before.at !== undefined && at - before.at > longestUnwatched;
  const people = peopleNow(unwatched ? [] : before.people, event, room, step);
  const here = people.filter((one) => at - one.seenAt < seenNow);
  const isUp = here.some(({ posture, lasts }) => posture === 'off' && lasts >= untilSure);
  const upFor = isUp ? milliseconds(before.upFor + step) : none;
  const beds = before.beds.map((bed, index) => {
    const watched = unwatched ? forgotten(at) : bed;
    const sight = event.beds?.[index];
    const after = withPeople(watched, index, { before, people, here, event, room });
    const felt = withSight(after, sight, isTouchedByAnybody(here, index, room), at, step);
    const state = conclude(felt, index, { here, at, upFor, sight });
    const same = state.name === bed.state.name && state.why === bed.state.why && bed.state.since !== undefined;
    return { ...felt, risen: false, state: same ? bed.state : { ...state, since: at } };
  });
  return { beds, people: people.filter((one) => isRemembered(one, at, beds)), at, upFor };
}

/** Who is told and who was seen lately, whatever numbers they have now. */
function peopleNow(before: readonly Known[], event: Observed, room: Room, step: Duration): readonly Known[] {
  const into = new Map((event.gone ?? []).flatMap(({ track, into }) => (into === undefined ? [] : [[track, into]])));
  const known = new Map(before.map((one) => [into.get(one.track) ?? one.track, one] as const));
  for (const person of event.persons) {
    if (!isSure(person) || person.unseenFor >= seenNow) continue;
    const last = known.get(person.track);
    const reading = readPosture(person, room, event.picture.aspect);
    const posture = placeOf(reading);
    const same = last && last.posture === posture && last.bed === reading.bed;
    known.set(person.track, {
      track: person.track,
      first: last?.first ?? person.box,
      box: person.box,
      seenAt: event.at,
      posture,
      bed: reading.bed,
      lasts: same ? milliseconds(last.lasts + step) : none,
    });
  }
  // Where the place is empty again, they are not in the bed that they were last seen on.
  const emptied = new Set((event.gone ?? []).filter(({ why }) => why === 'empty').map(({ track }) => track));
  return [...known].map(([track, one]) => ({ ...one, track, bed: emptied.has(track) ? undefined : one.bed }));
}

function placeOf({ posture }: Reading): Known['posture'] {
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

interface Around {
  readonly before: Beds;
  readonly people: readonly Known[];
  readonly here: readonly Known[];
  readonly event: Observed;
  readonly room: Room;
}

/** Who went in, and who left. */
function withPeople(bed: Bed, index: number, { before, people, here, event, room }: Around): Bed {
  const { at } = event;
  const into = new Map((event.gone ?? []).flatMap(({ track, into }) => (into === undefined ? [] : [[track, into]])));
  let inIt = [...new Set(bed.inIt.map((track) => into.get(track) ?? track))];
  const seen = (track: number) => here.some((one) => one.track === track);
  let risen = bed.risen;
  // Nobody gets out of a bed without moving it: who turns up beside one that lies still came from behind somebody.
  const stirs = (event.beds?.[index]?.moving ?? 0) >= stirring;
  const mayHaveRisen = stirs || event.beds === undefined || hasStirred(bed.stirredAt, at);
  for (const one of here) {
    if (one.lasts < untilSure) continue;
    if (one.posture === 'lying-in' && one.bed === index && !inIt.includes(one.track)) {
      // Somebody hidden in it who is seen again has another number now; who only sat there before them stays.
      const hidden = inIt.find((track) => !seen(track));
      inIt = hidden === undefined ? [...inIt, one.track] : inIt.map((track) => (track === hidden ? one.track : track));
    }
    if (one.posture !== 'off') continue;
    if (inIt.includes(one.track)) inIt = inIt.filter((track) => track !== one.track);
    else if (isNew(one, before) && mayHaveRisen && isBeside(room.beds[index]!, one.first)) {
      // Turned up at the bed and is up: one of those hidden in it has risen, whatever their number was.
      const hidden = inIt.find((track) => !seen(track));
      if (hidden !== undefined) inIt = inIt.filter((track) => track !== hidden);
      else risen = true;
    }
  }
  for (const one of people) {
    // Just now: who has since been found to have left must not be put in again.
    const hidden = at - one.seenAt >= untilHidden && (before.at ?? at) - one.seenAt < untilHidden;
    const wasOn = one.bed === index && (one.posture === 'lying-in' || one.posture === 'sitting-on');
    if (hidden && wasOn && !inIt.includes(one.track)) inIt = [...inIt, one.track];
  }
  const sight = event.beds?.[index];
  const sleeps = here.some((one) => one.posture === 'lying-in' && one.bed === index);
  const looksWithSleeper = sleeps ? sight?.changed : bed.looksWithSleeper;
  // A room may be learnt with the sleeper in it: then it looks «empty» with somebody there, and nobody has moved since.
  const mayHaveLeft = (track: number) => {
    const last = people.find((one) => one.track === track)?.seenAt;
    const stirred = bed.stirredAt !== undefined && (last === undefined || bed.stirredAt > last + seenNow);
    return stirred || looksWithSleeper === undefined || looksWithSleeper >= flat;
  };
  const looksEmpty = (event.gone ?? [])
    .filter(({ why, track }) => why === 'empty' && mayHaveLeft(track))
    .map(({ track }) => track);
  if (sight && sight.known > 0.5 && sight.changed < flat && inIt.some((track) => looksEmpty.includes(track)))
    return {
      ...bed,
      inIt: inIt.filter((track) => !looksEmpty.includes(track)),
      emptyFor: calmBed,
      risen,
      looksWithSleeper,
    };
  return { ...bed, inIt, risen, looksWithSleeper };
}

/** Concluded once, when it is sure that they are up. */
const isNew = (one: Known, before: Beds): boolean => {
  const last = before.people.find(({ track }) => track === one.track);
  return last?.posture !== 'off' || last.lasts < untilSure;
};

/**
 * Bulge and movement say nothing of anybody else while somebody stands in front, sits there, or gets in or out: what they leave
 * behind is a blanket thrown back, and must begin anew to be somebody.
 */
const isTouchedByAnybody = (here: readonly Known[], bed: number, room: Room): boolean =>
  here.some((one) => one.posture !== 'lying-in' && isBeside(room.beds[bed]!, one.box));

function withSight(bed: Bed, sight: BedSight | undefined, touched: boolean, at: Instant, step: Duration): Bed {
  const { emptyFor: _, ...kept } = bed;
  const emptyFor = milliseconds(Math.max(0, bed.emptyFor - step));
  const stirs = sight !== undefined && sight.moving >= stirring;
  if (touched) return { ...kept, emptyFor, stirs: [], bulgeFor: none, stirredAt: stirs ? at : bed.stirredAt };
  if (!sight) return { ...kept, emptyFor };
  const recent = bed.stirs.filter((one) => at - one < within);
  const another = stirs && (recent.length === 0 || at - recent.at(-1)! >= apart);
  const bulge = sight.known > 0.3 && sight.changed >= bulges;
  return {
    ...kept,
    emptyFor,
    stirs: another ? [...recent, at] : recent,
    stirredAt: stirs ? at : bed.stirredAt,
    bulgeFor: bulge ? milliseconds(bed.bulgeFor + step) : sight.changed < bulges / 2 ? none : bed.bulgeFor,
  };
}

interface Found {
  readonly here: readonly Known[];
  readonly at: Instant;
  readonly upFor: Duration;
  readonly sight: BedSight | undefined;
}
type Conclusion = Pick<BedState, 'name' | 'why'>;

function conclude(bed: Bed, index: number, { here, at, upFor, sight }: Found): Conclusion {
  const on = here.filter((one) => one.bed === index && one.lasts >= untilSure);
  if (on.some((one) => one.posture === 'lying-in')) return { name: 'in-bed', why: 'seen-lying' };
  const sitting = on.filter((one) => one.posture === 'sitting-on');
  const others = bed.inIt.filter((track) => !sitting.some((one) => one.track === track));
  if (others.length > 0) return { name: 'in-bed', why: 'went-in' };
  const { state } = bed;
  const stillFor = bed.stirredAt === undefined ? Number.POSITIVE_INFINITY : at - bed.stirredAt;
  if (sitting.length > 0)
    return state.why === 'stirs' ? { name: 'in-bed', why: 'stirs' } : { name: 'on-edge', why: 'seen-sitting' };
  if (bed.emptyFor > 0) return { name: 'unknown', why: 'looks-empty' };
  const breathes = bed.bulgeFor >= untilBulge && bed.stirs.length >= enough && stillFor < within;
  const isUp = here.some((one) => one.posture === 'off' && one.lasts >= untilSure);
  switch (state.name) {
    case 'in-bed':
      if (state.why === 'stirs') {
        if (bed.risen) return { name: 'not-in-bed', why: 'left' };
        if (stillFor >= stillAsAHeap) return { name: 'unknown', why: 'lies-still' };
        return { name: 'in-bed', why: 'stirs' };
      }
      return { name: 'not-in-bed', why: 'left' };
    case 'on-edge':
      // Somebody who sat there and is up; one who is not seen any more is counted among those who went in.
      return isUp ? { name: 'not-in-bed', why: 'left' } : { name: 'on-edge', why: 'seen-sitting' };
    case 'not-in-bed':
      return breathes ? { name: 'in-bed', why: 'stirs' } : state;
    case 'unknown':
      if (breathes && (state.why !== 'lies-still' || stillFor < apart)) return { name: 'in-bed', why: 'stirs' };
      if (upFor >= untilElsewhere && stillFor >= calmBed && !(sight && sight.changed >= bulges && sight.known > 0.3))
        return { name: 'not-in-bed', why: 'seen-elsewhere' };
      return state;
  }
}

/** Nobody looked for so long that nothing of before is known any more. */
const forgotten = (at: Instant): Bed => ({ ...newBed, state: { name: 'unknown', since: at, why: 'not-watched' } });

const isRemembered = ({ track, seenAt }: Known, at: Instant, beds: readonly Bed[]): boolean =>
  at - seenAt < minutes(1) || beds.some(({ inIt }) => inIt.includes(track));
