/**
 * Pure. Who is in the room, seen or not (track re-identification and occlusion reasoning): somebody whom the models report no longer,
 * and who did not go out, has stayed, hidden under a blanket or behind something, until somebody turns up who did not come in by a
 * way out.
 */
import { apart, type Box } from '@nattfrid/shared/domain/geometry';
import type { Gone } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { bedOf, touches } from './bed-place.ts';
import { type Way, wayOut } from './exits.ts';
import type { Identity } from './identity.ts';
import type { Look, Sighting } from './sightings.ts';
import { mayBeLeft } from './stirred.ts';
import { isSure } from './sure.ts';

/** Somebody who is surely a person, as last truly seen. */
export interface Inside {
  readonly box: Box;
  readonly before: Box;
  /** On the floor or in bed: somebody who is lost lying has not walked out. */
  readonly lying: boolean;
  readonly since: Instant;
  /** How long they have truly been seen, under whatever identity. */
  readonly seenFor: Duration;
  /** In by a way out; one of the hidden, turned up again; or from nowhere known. */
  readonly from: 'way' | 'nowhere' | Hidden;
}
export interface Hidden {
  readonly who: Identity;
  readonly box: Box;
  /** Under the blanket of this bed; undefined: elsewhere. */
  readonly bed: number | undefined;
  readonly seenFor: Duration;
}
/** Where somebody was reported first, sure or not: they may be half across the room before they are sure. */
export interface First {
  readonly box: Box;
  /** So close to somebody who was up already that they may have stood behind that person. */
  readonly besideSomebody: boolean;
}
export interface Present {
  readonly first: ReadonlyMap<Identity, First>;
  readonly inside: ReadonlyMap<Identity, Inside>;
  /** In the order of hiding. One person may be counted twice, which errs towards somebody still being there. */
  readonly hidden: readonly Hidden[];
}
export const nobody: Present = { first: new Map(), inside: new Map(), hidden: [] };

/** Two tracks of one body overlap for no longer. */
const longestDouble = seconds(10);
/** Who was seen for less and is lost out in the room was a pet that walked through it, or a shape, and nobody hides there. */
const leastSeen = seconds(8);

/** Somebody who has gone out with this look. */
export interface Left {
  readonly who: Identity;
  readonly way: Way;
  readonly from: Inside['from'];
}

export function nextPresent(before: Present, look: Look, room: Room): readonly [Present, readonly Left[]] {
  const first = new Map(
    [...look.sightings].map(([who, { person }]) => [who, before.first.get(who) ?? firstOf(person.box, before)]),
  );
  const sure = [...look.sightings].filter(([, { person }]) => isSure(person));
  const { stay, left, ...lost } = afterLosing(before, new Set(sure.map(([who]) => who)), look, room);
  let { hidden } = lost;
  const inside = new Map<Identity, Inside>();
  for (const [who, sighting] of sure) {
    const last = stay.get(who);
    const now = insideNow(sighting, last, look);
    if (last) inside.set(who, now);
    else {
      const from = whence(who, first.get(who)!, hidden, look, room);
      hidden = hidden.filter((one) => one !== from);
      inside.set(who, { ...now, from, ...(typeof from === 'object' && { seenFor: from.seenFor }) });
    }
  }
  return [{ first, inside, hidden }, left];
}

interface AfterLosing {
  readonly stay: ReadonlyMap<Identity, Inside>;
  readonly hidden: readonly Hidden[];
  readonly left: readonly Left[];
}

/** Sorts out those inside who are reported no longer, or surely no longer: gone out, hidden, or never there. */
function afterLosing(before: Present, here: ReadonlySet<Identity>, look: Look, room: Room): AfterLosing {
  const left: Left[] = [];
  const hidden = [...before.hidden];
  const stay = new Map([...before.inside].filter(([who]) => here.has(who)));
  for (const [who, one] of before.inside) {
    if (here.has(who)) continue;
    if (wasNobody(look.gone.find((one) => one.who === who)?.why)) {
      // Then the hidden person for whom they were taken has not turned up either.
      if (typeof one.from === 'object') hidden.push(one.from);
      continue;
    }
    const way = one.lying ? undefined : wayOut(room, one.box, one.before);
    const double = [...stay].find(([, { from, since }]) => from === 'nowhere' && look.at - since < longestDouble);
    if (way) left.push({ who, way, from: one.from });
    else if (double && double[1].since > one.since && !one.lying) stay.set(double[0], { ...double[1], from: one.from });
    else {
      const bed = bedOf(one.box, room.beds);
      if (one.lying || bed !== undefined || one.seenFor >= leastSeen)
        hidden.push({ who, box: one.box, bed, seenFor: one.seenFor });
    }
  }
  return { stay, hidden, left };
}

function insideNow({ person, reading: { posture } }: Sighting, last: Inside | undefined, look: Look): Inside {
  if (last && person.unseenFor > 0) return last;
  const { at, elapsed } = look;
  const lying = posture === 'lying' || posture === 'in-bed' || posture === 'resting';
  const seenFor = milliseconds(last ? last.seenFor + elapsed : 0);
  const seen = { box: person.box, before: last?.box ?? person.box, lying, seenFor };
  return { since: at, from: 'nowhere', ...last, ...seen };
}

/** Where somebody new came from: they are hidden no longer themselves, or came in, or stood behind somebody, or are the nearest of the hidden. */
function whence(who: Identity, first: First, hidden: readonly Hidden[], look: Look, room: Room): Inside['from'] {
  const mayTurnUp = hidden.filter(({ bed }) => bed === undefined || mayBeLeft(bed, look.stirred, look));
  const same = mayTurnUp.find((one) => one.who === who);
  if (same) return same;
  if (wayOut(room, first.box, first.box)) return 'way';
  if (first.besideSomebody) return 'nowhere';
  return mayTurnUp.toSorted((a, b) => apart(a.box, first.box) - apart(b.box, first.box))[0] ?? 'nowhere';
}

const firstOf = (box: Box, { inside }: Present): First => ({
  box,
  besideSomebody: [...inside.values()].some((one) => !one.lying && touches(one.box, box)),
});

const wasNobody = (why: Gone['why'] | undefined): boolean => why === 'merged' || why === 'never-sure';
