/**
 * Pure. Whether somebody is in each bed (recursive state estimation with hysteresis): by who went to it and who rose from it, by the
 * bulge under the blanket and its small movements, and never by a posture alone. Somebody seen to go in stays in, however still,
 * until somebody is seen to leave.
 */
import type { Room } from '@nattfrid/shared/domain/room';
import { type Duration, milliseconds, minutes, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { type AtBeds, type AtBedsOf, isSettled, isSurelyUp, mayHaveGoneOut, nextAtBeds } from './at-beds.ts';
import { type Bed, type BedState, forgotten, newBed } from './bed.ts';
import { isBeside } from './bed-place.ts';
import { breathes, nextBreath, noBreath, settlesIn } from './breathing.ts';
import type { Identity } from './identity.ts';
import { mayBeBack, type Visiting, withPeople } from './in-bed.ts';
import { byLooks, withoutLooks } from './looks-taken.ts';
import type { Look } from './sightings.ts';
import { seenNow } from './sure.ts';

/** What is known of the beds. */
export interface Beds {
  readonly beds: readonly Bed[];
  /** How long somebody who did not come in has been seen up and away from every bed. */
  readonly upFor: Duration;
  /** How long nobody has been seen at all. */
  readonly nobodyFor: Duration;
}

/** Unwatched for longer, and anybody may have come or gone. */
const longestUnwatched = seconds(60);
/** Share of a bed: a cat is a twentieth, a large dog a sixth, a grown body with its blanket a third and more. */
const bulges = 0.22;
/** Movements so far apart are two; so many within so long, under a bulge, are somebody. */
const [apart, enough, within] = [seconds(5), 3, minutes(10)];
const untilBulge = seconds(20);
/** A bulge that never moves for so long, and was never seen to go in, is a heap of blankets. */
const stillAsAHeap = minutes(20);
/** Seen up for so long, while nothing stirs in the bed. */
const untilElsewhere = seconds(10);
const calmBed = seconds(60);

const none = milliseconds(0);

export const newBeds = (room: Room): Beds => ({ beds: room.beds.map(() => newBed), upFor: none, nobodyFor: none });

export const bedStates = ({ beds }: Beds): readonly BedState[] => beds.map(({ state }) => state);

/** How sure it is that somebody lies in one of the beds: seen to go in, only felt to stir there, or neither. */
export type Occupied = 'went-in' | 'stirs' | 'nobody';

/** @param left who have just gone out by a way out; one of them who was given the number of a sleeper takes nobody along. */
export function occupied({ beds }: Beds, people: AtBedsOf, left: readonly Identity[], look: Look): Occupied {
  const hasGone = (who: Identity) => {
    const one = people.get(who);
    return left.includes(who) && (!one || mayHaveGoneOut(one, look));
  };
  if (beds.some(({ inIt }) => inIt.some((who) => !hasGone(who)))) return 'went-in';
  return beds.some(({ state: { why } }) => why === 'stirs') ? 'stirs' : 'nobody';
}

/**
 * Another bed may have been marked since: it begins as unknown.
 *
 * @param known with those merged who turned out to be one; `last`: without.
 * @param visiting as presence.ts knew them at the look before.
 */
export function nextBeds(
  before: Beds,
  { known, last }: { readonly known: AtBedsOf; readonly last: AtBedsOf },
  look: Look,
  room: Room,
  visiting: Visiting,
): readonly [Beds, AtBedsOf] {
  const { at, lookedAt, elapsed } = look;
  const unwatched = lookedAt !== undefined && at - lookedAt > longestUnwatched;
  const people = nextAtBeds(unwatched ? new Map() : known, look, visiting.wentOut, room);
  const here = new Map([...people].filter(([, one]) => at - one.seenAt < seenNow));
  // Whoever came in says nothing of who lies in a bed that nobody was seen to go to.
  const isUpFromHere = [...here].some(([who, one]) => isSurelyUp(one) && !visiting.came(who));
  const upFor = isUpFromHere ? milliseconds(before.upFor + elapsed) : none;
  const nobodyFor = here.size > 0 ? none : milliseconds(before.nobodyFor + elapsed);
  const beds = room.beds.map((_, index) => {
    const bed = before.beds[index] ?? newBed;
    const watched = unwatched ? forgotten(at) : bed;
    const after = withPeople(watched, index, { last, people, here, nobodyFor, look, room, visiting });
    const felt = withSight(after, index, isTouchedByAnybody(here, index, room), look);
    const found = conclude(withoutLooks(felt), index, { here, people, upFor, look });
    const seen = { at, sight: look.beds?.[index], heavedAt: look.stirred[index], others: [...here.values()] };
    const [seems, state] = byLooks(felt, found, seen);
    const same = state.name === bed.state.name && state.why === bed.state.why && bed.state.since !== undefined;
    const sat = after.state.name === 'on-edge' || state.name === 'on-edge' ? sitOn(felt, index, here, look) : [];
    return { ...felt, seems, risen: false, sat, state: same ? bed.state : { ...state, since: at } };
  });
  const kept = [...people].filter(([who, one]) => isRemembered(who, one, at, beds));
  return [{ beds, upFor, nobodyFor }, new Map(kept)];
}

/**
 * Bulge and movement say nothing of anybody else while somebody stands in front, sits there, or gets in or out: they leave a
 * blanket thrown back, and the evidence of somebody under it begins anew.
 */
const isTouchedByAnybody = (here: AtBedsOf, bed: number, room: Room): boolean =>
  [...here.values()].some((one) => one.posture !== 'lying-in' && isBeside(room.beds[bed]!, one.box));

function withSight(bed: Bed, index: number, touched: boolean, { at, elapsed, beds, moves, stirred }: Look): Bed {
  const sight = beds?.[index];
  const { stirs, heaves, rest } = moves?.[index] ?? { stirs: false, heaves: false, rest: 0 };
  const emptyFor = milliseconds(Math.max(0, bed.emptyFor - elapsed));
  const stirredAt = stirs ? at : bed.stirredAt;
  if (touched) return { ...bed, emptyFor, stirs: [], bulgeFor: none, breath: noBreath, stirredAt };
  if (!sight) return { ...bed, emptyFor };
  const recent = bed.stirs.filter((one) => at - one < within);
  const another = stirs && (recent.length === 0 || at - recent.at(-1)! >= apart);
  const movedAt = Math.max(stirredAt ?? Number.NEGATIVE_INFINITY, stirred[index] ?? Number.NEGATIVE_INFINITY);
  const breath = nextBreath(bed.breath, sight, { rest, elapsed, calm: at - movedAt >= settlesIn });
  const bulge = sight.known > 0.3 && sight.changed >= bulges;
  return {
    ...bed,
    emptyFor,
    stirs: another ? [...recent, at] : recent,
    stirredAt,
    breath: heaves ? noBreath : breath,
    bulgeFor: bulge ? milliseconds(bed.bulgeFor + elapsed) : sight.changed < bulges / 2 ? none : bed.bulgeFor,
  };
}

/** Whoever sits on the bed now; while nobody is seen to, whoever did last. */
function sitOn({ sat }: Bed, bed: number, here: AtBedsOf, { gone }: Look): readonly Identity[] {
  const sit = [...here].filter(([, one]) => one.bed === bed && one.posture === 'sitting-on').map(([who]) => who);
  return sit.length > 0 ? sit : sat.map((who) => gone.find((one) => one.who === who)?.into ?? who);
}

interface Found {
  readonly here: AtBedsOf;
  readonly people: AtBedsOf;
  readonly upFor: Duration;
  readonly look: Look;
}
type Conclusion = Pick<BedState, 'name' | 'why'>;

function conclude(bed: Bed, index: number, { here, people, upFor, look }: Found): Conclusion {
  const { at } = look;
  const sight = look.beds?.[index];
  const on = [...here].filter(([, one]) => one.bed === index && isSettled(one));
  if (on.some(([, one]) => one.posture === 'lying-in')) return { name: 'in-bed', why: 'seen-lying' };
  const sitting = on.filter(([, one]) => one.posture === 'sitting-on');
  const others = bed.inIt.filter((who) => !sitting.some(([sits]) => sits === who));
  if (others.length > 0) return { name: 'in-bed', why: 'went-in' };
  const { state } = bed;
  const stillFor = bed.stirredAt === undefined ? Number.POSITIVE_INFINITY : at - bed.stirredAt;
  if (sitting.length > 0)
    return state.why === 'stirs' ? { name: 'in-bed', why: 'stirs' } : { name: 'on-edge', why: 'seen-sitting' };
  if (bed.emptyFor > 0) return { name: 'unknown', why: 'looks-empty' };
  const stirsUnderBulge = bed.bulgeFor >= untilBulge && bed.stirs.length >= enough && stillFor < within;
  const isSomebody = stirsUnderBulge || breathes(bed.breath);
  switch (state.name) {
    case 'in-bed':
      if (state.why === 'stirs') {
        if (bed.risen) return { name: 'not-in-bed', why: 'left' };
        if (stillFor >= stillAsAHeap && !breathes(bed.breath)) return { name: 'unknown', why: 'lies-still' };
        return { name: 'in-bed', why: 'stirs' };
      }
      return { name: 'not-in-bed', why: 'left' };
    case 'on-edge':
      // Whoever sat there and is up; who is seen no more is counted among those who went in, whoever else walks about.
      if (bed.risen || bed.sat.some((who) => isSurelyUp(people.get(who)))) return { name: 'not-in-bed', why: 'left' };
      return bed.sat.some((who) => people.get(who)?.bed === index)
        ? { name: 'on-edge', why: 'seen-sitting' }
        : { name: 'unknown', why: 'looks-empty' };
    case 'not-in-bed':
      // Nobody gets back into a bed without heaving it.
      return isSomebody && mayBeBack(bed, index, look) ? { name: 'in-bed', why: 'stirs' } : state;
    case 'unknown':
      if (isSomebody && (state.why !== 'lies-still' || stillFor < apart || breathes(bed.breath)))
        return { name: 'in-bed', why: 'stirs' };
      if (upFor >= untilElsewhere && stillFor >= calmBed && !(sight && sight.changed >= bulges && sight.known > 0.3))
        return { name: 'not-in-bed', why: 'seen-elsewhere' };
      return state;
  }
}

/** Whoever was last seen up, and must be in a bed all the same, is not up any more. */
const isRemembered = (who: Identity, { seenAt, posture }: AtBeds, at: Instant, beds: readonly Bed[]): boolean =>
  beds.some(({ inIt }) => inIt.includes(who)) ? posture !== 'off' || at - seenAt < seenNow : at - seenAt < minutes(1);
