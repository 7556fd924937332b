/** Pure. The one registry of persons (track management): what is known of each, by identity, and how two that were one become one. */
import type { Life } from './alive.ts';
import type { AtBeds } from './at-beds.ts';
import { lowerFate } from './fates.ts';
import type { Fate } from './going-down.ts';
import type { Identity } from './identity.ts';
import type { First, Inside } from './present.ts';
import type { Departed } from './sightings.ts';
import type { Lain } from './unjumped.ts';

type Of<Known> = ReadonlyMap<Identity, Known>;

export interface Persons {
  /** Of those whom the models report now. */
  readonly life: Of<Life>;
  readonly lain: Of<Lain>;
  readonly first: Of<First>;
  readonly inside: Of<Inside>;
  /** Also of those who are remembered. */
  readonly atBeds: Of<AtBeds>;
  readonly fate: Of<Fate>;
}
export const noPersons: Persons = {
  life: new Map(),
  lain: new Map(),
  first: new Map(),
  inside: new Map(),
  atBeds: new Map(),
  fate: new Map(),
};

/** Whether somebody is reported or remembered, or somebody inside was taken for them. */
export const isKnown = ({ life, inside, atBeds, fate }: Persons, who: Identity): boolean =>
  [life, atBeds, fate].some((part) => part.has(who)) ||
  [...inside.values()].some(({ from }) => typeof from === 'object' && from.who === who);

/**
 * What is known of a person whose track was another's all along goes over to that other one. Two things do not: a life, which
 * unjumped.ts hands on before it knows whom the other track stands for now, and where they were inside, for present.ts takes them
 * for nobody.
 */
export function merged(persons: Persons, gone: readonly Departed[]): Persons {
  const into = new Map(gone.flatMap(({ who, into }) => (into === undefined ? [] : [[who, into]])));
  if (into.size === 0) return persons;
  return {
    ...persons,
    // The later one tells where that person turned up last.
    atBeds: mergedBy(persons.atBeds, into, (_, later) => later),
    fate: mergedBy(persons.fate, into, lowerFate),
  };
}

/** @param oneOf of two in the order in which they became known. */
function mergedBy<Known>(
  known: Of<Known>,
  into: ReadonlyMap<Identity, Identity>,
  oneOf: (earlier: Known, later: Known) => Known,
): Of<Known> {
  const after = new Map<Identity, Known>();
  for (const [who, one] of known) {
    const as = into.get(who) ?? who;
    const other = after.get(as);
    after.set(as, other === undefined ? one : oneOf(other, one));
  }
  return after;
}
