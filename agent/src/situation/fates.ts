/** Pure. What has become of everybody in the room: each person's fate stepped once for each look, across lost tracks (track re-identification by place). */
import type { Box } from '@nattfrid/shared/domain/geometry';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { type AtBedsOf, sleeps } from './at-beds.ts';
import { type Down, type Fate, type GoingDown, longestFall, nextFate, type Witness } from './going-down.ts';
import type { Identity } from './identity.ts';
import type { Reading } from './posture.ts';
import type { Look, Sightings } from './sightings.ts';
import { isSeenNow } from './sure.ts';

export type Fates = ReadonlyMap<Identity, Fate>;

/** @param known with those merged who turned out to be one; `last`: without. @param atBeds of this look */
export function nextFates(
  { known, last }: { readonly known: Fates; readonly last: Fates },
  look: Look,
  atBeds: AtBedsOf,
): Fates {
  const { at, elapsed, sightings } = look;
  const after = new Map<Identity, Fate>();
  for (const [who, fate] of known) {
    const next = nextFate(fate, witnessOf(who, fate, last, look, atBeds), at, elapsed);
    if (next) after.set(who, next);
  }
  const orphans = [...after].filter(([who, { name }]) => name === 'up' && !sightings.has(who));
  const fresh = [...sightings].filter(([who]) => !after.has(who));
  for (const [who, fate] of orphans) if (isForgotten(fate, at)) after.delete(who);
  for (const [who, { person }] of fresh) {
    const up = { name: 'up', sure: false, first: { at, box: person.box } } as const;
    // A fall is too quick for many a tracker: whoever is new just when one person is lost is taken for that person.
    const lost = orphans.length === 1 ? orphans[0]![1] : undefined;
    const heir = { ...up, last: lost?.name === 'up' ? lost.last : {} };
    const fate = nextFate(heir, witnessOf(who, heir, last, look, atBeds), at, milliseconds(0));
    if (fate) after.set(who, fate);
  }
  return after;
}

/** Somebody who is not seen, and was up too long ago to be seen coming down from there, is forgotten. */
const isForgotten = (fate: Fate, at: Instant): boolean =>
  fate.name === 'up' && Object.values(fate.last).every((when) => when === undefined || at - when > longestFall);

/** Of two fates of one person, the lower: it holds what was seen of the fall. */
export const lowerFate = (earlier: Fate, later: Fate): Fate =>
  depth[later.name] > depth[earlier.name] ? later : earlier;
const depth: Record<Fate['name'], number> = { up: 0, 'going-down': 1, down: 2 };

function witnessOf(who: Identity, fate: Fate, last: Fates, { sightings, gone }: Look, atBeds: AtBedsOf): Witness {
  const seen = sightings.get(who);
  if (seen && isSeenNow(seen.person)) {
    const { person, reading } = seen;
    const isAsleep = reading.posture === 'lying' && reading.why !== 'slid-off' && sleeps(atBeds.get(who));
    return { type: 'seen', person, reading: isAsleep ? { ...reading, posture: 'in-bed' } : reading };
  }
  if (fate.name !== 'up' && [...last].some(([other, its]) => hasRisen(fate, other, its, sightings)))
    return { type: 'risen' };
  const left = gone.find((one) => one.who === who);
  return left ? { type: 'gone', why: left.why } : { type: 'unseen' };
}

/** Somebody who turned up after this one was lost, out of the very place where this one lay, and is up: the same person. */
function hasRisen(low: GoingDown | Down, other: Identity, its: Fate, sightings: Sightings): boolean {
  if (its.name !== 'up' || its.first.at <= low.lastSeen || !isNear(low.place, its.first.box)) return false;
  const seen = sightings.get(other);
  return seen !== undefined && isSeenNow(seen.person) && isUp.has(seen.reading.posture);
}
const isUp: ReadonlySet<Reading['posture']> = new Set(['upright', 'on-bed', 'in-bed']);

/** The feet of one where the other lay, with as much room again to all sides. */
function isNear(place: Box, box: Box): boolean {
  const dx = box.x + box.width / 2 - (place.x + place.width / 2);
  const dy = box.y + box.height - (place.y + place.height / 2);
  return Math.abs(dx) <= place.width && Math.abs(dy) <= 1.5 * place.height;
}

/** A second person surely stands there, whole enough to be understood; not one of those who lie, nor one of them risen. */
export function isSomeoneUpright(fates: Fates, sightings: Sightings): boolean {
  const low = [...fates.values()].filter((fate): fate is GoingDown | Down => fate.name !== 'up');
  return [...fates].some(([who, fate]) => {
    const seen = sightings.get(who);
    if (fate.name !== 'up' || !fate.sure || !seen || !isSeenNow(seen.person)) return false;
    const stands = seen.reading.posture === 'upright' && seen.reading.from === 'joints';
    return stands && !low.some((other) => hasRisen(other, who, fate, sightings));
  });
}
