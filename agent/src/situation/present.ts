/**
 * Pure. Who is in the room, seen or not: whoever is no longer told and did not go out has stayed, hidden under a blanket or
 * behind something, until somebody turns up who did not come in by a way out.
 */
import { apart, type Box } from '@nattfrid/shared/domain/geometry';
import type { Gone, Observed, Person } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { bedOf, hasStirred, nextStirred, type Stirred, touches } from './bed-place.ts';
import { type Way, wayOut } from './exits.ts';
import { readPosture } from './posture.ts';
import { isSure } from './sure.ts';

/** Somebody who is surely a person, as last truly seen. */
interface Inside {
  readonly track: number;
  readonly box: Box;
  readonly before: Box;
  /** On the floor or in bed: whoever is lost lying has not walked out. */
  readonly lying: boolean;
  readonly since: Instant;
  /** Somebody who was hidden and turned up again; or nobody knows whence they came, nor may it be another's number. */
  readonly from: 'way' | 'nowhere' | Hidden;
}
interface Hidden {
  readonly track: number;
  readonly box: Box;
  /** Whose blanket they are under. */
  readonly bed: number | undefined;
}
export interface Present {
  readonly people: readonly Inside[];
  readonly hidden: readonly Hidden[];
  /** Where each track that is told was told first, sure or not: a person may be half across the room before it is sure. */
  readonly first: ReadonlyMap<number, First>;
  readonly stirred: Stirred;
}
interface First {
  readonly box: Box;
  /** So close to somebody who was up already that it may be who stood behind them. */
  readonly besideSomebody: boolean;
}
export const nobody: Present = { people: [], hidden: [], first: new Map(), stirred: [] };

/** Two numbers for one body overlap for no longer. */
const longestDouble = seconds(10);

/** @returns `ways`: of those who have gone out with this observation. */
export function nextPresent(
  before: Present,
  event: Observed,
  room: Room,
): { readonly present: Present; readonly ways: readonly Way[] } {
  const first = new Map(event.persons.map((one) => [one.track, before.first.get(one.track) ?? firstOf(one, before)]));
  const stirred = nextStirred(before.stirred, event);
  const sure = event.persons.filter(isSure);
  const lost = before.people.filter(({ track }) => !sure.some((one) => one.track === track));
  const ways: Way[] = [];
  let hidden = before.hidden;
  let stay = before.people.filter((one) => !lost.includes(one));
  for (const one of lost) {
    const why = event.gone?.find(({ track }) => track === one.track)?.why;
    if (wasNobody(why)) {
      // Then neither had whom it was taken for turned up.
      if (typeof one.from === 'object') hidden = [...hidden, one.from];
      continue;
    }
    const way = one.lying ? undefined : wayOut(room, one.box, one.before);
    const double = stay.find(({ from, since }) => from === 'nowhere' && event.at - since < longestDouble);
    if (way) ways.push(way);
    else if (double && double.since > one.since && !one.lying)
      stay = stay.map((other) => (other === double ? { ...other, from: one.from } : other));
    else hidden = [...hidden, { track: one.track, box: one.box, bed: bedOf(one.box, room.beds) }];
  }
  // Nobody gets out of a bed without moving it.
  const mayTurnUp = ({ bed }: Hidden) => bed === undefined || !event.beds || hasStirred(stirred[bed], event.at);
  const people = sure.map((person): Inside => {
    const last = stay.find(({ track }) => track === person.track);
    if (last && person.unseenFor > 0) return last;
    const { posture } = readPosture(person, room, event.picture.aspect);
    const lying = posture === 'lying' || posture === 'in-bed' || posture === 'resting';
    const seen = { track: person.track, box: person.box, before: last?.box ?? person.box, lying };
    if (last) return { ...last, ...seen };
    const from = whence(person, first.get(person.track)!, hidden.filter(mayTurnUp), room);
    if (typeof from === 'object') hidden = hidden.filter((one) => one !== from);
    return { ...seen, since: event.at, from };
  });
  return { present: { people, hidden, first, stirred }, ways };
}

/** Under its own number again, in from outside, from behind somebody, or one of the hidden: the nearest. */
function whence({ track }: Person, first: First, hidden: readonly Hidden[], room: Room): Inside['from'] {
  const same = hidden.find((one) => one.track === track);
  if (same) return same;
  if (wayOut(room, first.box, first.box)) return 'way';
  if (first.besideSomebody) return 'nowhere';
  return hidden.toSorted((a, b) => apart(a.box, first.box) - apart(b.box, first.box))[0] ?? 'nowhere';
}

function firstOf({ box }: Person, { people }: Present): First {
  return { box, besideSomebody: people.some((one) => !one.lying && touches(one.box, box)) };
}

const wasNobody = (why: Gone['why'] | undefined): boolean => why === 'merged' || why === 'never-sure';
