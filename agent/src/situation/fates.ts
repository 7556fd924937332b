/** Pure. Everybody in the room and what has become of each, whatever numbers the tracker gives them. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Observed, Person } from '@nattfrid/shared/domain/observation';
import { type Duration, milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type Down, type Fate, type GoingDown, type Look, longestFall, next } from './going-down.ts';
import type { Reading } from './posture.ts';

export type Fates = readonly Fate[];
export type Readings = ReadonlyMap<number, { readonly person: Person; readonly reading: Reading }>;

/** A model that looks at a person in turns still sees them. */
const seenNow = seconds(1);

/** @param step how much time this observation stands for. */
export function nextFates(before: Fates, event: Observed, readings: Readings, step: Duration): Fates {
  const merged = new Map((event.gone ?? []).flatMap(({ track, into }) => (into === undefined ? [] : [[track, into]])));
  const kept = rename(before, merged).flatMap(
    (fate) => next(fate, lookAt(fate, event, readings, before), event.at, step) ?? [],
  );
  const known = new Set(kept.map((fate) => fate.track));
  const orphans = kept.filter((fate) => fate.name === 'up' && !readings.has(fate.track));
  const fresh = event.persons.flatMap((person): Fates => {
    if (known.has(person.track)) return [];
    const up = { name: 'up', track: person.track, sure: false, first: { at: event.at, box: person.box } } as const;
    // A fall is too quick for many a tracker: who is new just when somebody is lost is taken for the one that was lost.
    const [lost, ...others] = orphans;
    const heir = { ...up, last: lost?.name === 'up' && others.length === 0 ? lost.last : {} };
    const fate = next(heir, lookAt(heir, event, readings, before), event.at, milliseconds(0));
    return fate ? [fate] : [];
  });
  return [...kept.filter((fate) => !isForgotten(fate, event, readings)), ...fresh];
}

const isForgotten = (fate: Fate, { at }: Observed, readings: Readings): boolean =>
  fate.name === 'up' &&
  !readings.has(fate.track) &&
  Object.values(fate.last).every((when) => when === undefined || at - when > longestFall);

/** Where two tracks were one person all along, the lower fate is that person's: it holds what was seen of the fall. */
function rename(fates: Fates, merged: ReadonlyMap<number, number>): Fates {
  if (merged.size === 0) return fates;
  const depth: Record<Fate['name'], number> = { up: 0, 'going-down': 1, down: 2 };
  const byTrack = new Map<number, Fate>();
  for (const fate of fates) {
    const renamed = { ...fate, track: merged.get(fate.track) ?? fate.track };
    const other = byTrack.get(renamed.track);
    if (!other || depth[renamed.name] > depth[other.name]) byTrack.set(renamed.track, renamed);
  }
  return [...byTrack.values()];
}

function lookAt(fate: Fate, event: Observed, readings: Readings, before: Fates): Look {
  const seen = readings.get(fate.track);
  if (seen && seen.person.unseenFor < seenNow) return { type: 'seen', ...seen };
  if (fate.name !== 'up' && before.some((other) => hasRisen(fate, other, readings))) return { type: 'risen' };
  const gone = event.gone?.find(({ track }) => track === fate.track);
  return gone ? { type: 'gone', why: gone.why } : { type: 'unseen' };
}

/** Somebody who turned up after this one was lost, out of the very place where this one lay, and is up: the same person. */
function hasRisen(low: GoingDown | Down, other: Fate, readings: Readings): boolean {
  if (other.name !== 'up' || other.first.at <= low.lastSeen || !near(low.place, other.first.box)) return false;
  const seen = readings.get(other.track);
  return seen !== undefined && seen.person.unseenFor < seenNow && isUp.has(seen.reading.posture);
}
const isUp: ReadonlySet<Reading['posture']> = new Set(['upright', 'on-bed', 'in-bed']);

/** The feet of one where the other lay, with as much room again to all sides. */
function near(place: Box, box: Box): boolean {
  const dx = box.x + box.width / 2 - (place.x + place.width / 2);
  const dy = box.y + box.height - (place.y + place.height / 2);
  return Math.abs(dx) <= place.width && Math.abs(dy) <= 1.5 * place.height;
}

/** A second person surely stands there, whole enough to be understood; not one of those who lie, nor one of them risen. */
export function someoneUpright(fates: Fates, readings: Readings): boolean {
  const low = fates.filter((fate): fate is GoingDown | Down => fate.name !== 'up');
  return fates.some((fate) => {
    const seen = readings.get(fate.track);
    if (fate.name !== 'up' || !fate.sure || !seen || seen.person.unseenFor >= seenNow) return false;
    const stands = seen.reading.posture === 'upright' && seen.reading.from === 'joints';
    return stands && !low.some((other) => hasRisen(other, fate, readings));
  });
}
