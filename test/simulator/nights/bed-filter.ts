/**
 * Pure. A filter with stated likelihoods for one bed (hidden Markov model, forward algorithm): what the rules of `agent/src/situation`
 * are held against. Everything it knows is counted from nights of which the truth is known.
 */
import { readPosture } from '@nattfrid/agent/situation/posture';
import { type BedStateName, bedStateNames } from '@nattfrid/shared/domain/evidence-code';
import { type Box, overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { Observation, Observed } from '@nattfrid/shared/domain/observation';
import { boundingBox } from '@nattfrid/shared/domain/outline';
import type { Room } from '@nattfrid/shared/domain/room';
import type { TrueBedState } from './night-timeline.ts';
import type { BedSaid } from './played-night.ts';

type Known = Exclude<BedStateName, 'unknown'>;
const states = bedStateNames.filter((name): name is Known => name !== 'unknown');

/** One second of a night: a letter for each kind of evidence, undefined where nobody looked, and whether the bed heaved. */
export interface Second {
  readonly at: number;
  readonly evidence: readonly (number | undefined)[];
  readonly heaves: boolean;
}

/** Kinds of evidence: how many letters each has. */
const letters = [4, 4, 5, 4, 6, 5] as const;
const binOf = (value: number, edges: readonly number[]): number => edges.filter((edge) => value >= edge).length;
/** Share of a bed that moves when somebody gets in, up or out of it. */
const heave = 0.05;

/** @param start of the night, ms since 1970 */
export function secondsOf(seen: readonly Observation[], room: Room, start: number): readonly Second[] {
  const all = new Map<number, Observed[]>();
  for (const one of seen)
    if (one.type === 'observed') {
      const second = Math.floor((one.at - start) / 1000);
      all.set(second, [...(all.get(second) ?? []), one]);
    }
  const last = Math.max(...all.keys());
  return Array.from({ length: last + 1 }, (_, at) => secondOf(at, all.get(at) ?? [], room));
}

function secondOf(at: number, looks: readonly Observed[], room: Room): Second {
  const [outline] = room.beds;
  if (looks.length === 0 || !outline) return { at, evidence: letters.map(() => undefined), heaves: false };
  const bed = boundingBox(outline);
  const persons = looks.flatMap((look) =>
    look.persons
      .filter(({ unseenFor }) => unseenFor <= 2000)
      .map((person) => ({ person, posture: readPosture(person, room, look.picture.aspect).posture })),
  );
  const most = (of: (one: (typeof persons)[number]) => number) => Math.max(0, ...persons.map(of));
  const inBed = most(({ person, posture }) => (posture === 'in-bed' ? person.certainty : 0));
  const onBed = persons.some(({ posture }) => posture === 'on-bed');
  const up = persons.filter(({ person, posture }) => posture === 'upright' && person.certainty >= 0.5);
  const near = up.some(({ person }) => overlapCoefficient(person.box, bed as Box) > 0.1);
  const sights = looks.flatMap(({ beds }) => beds?.[0] ?? []);
  const mean = (of: (sight: (typeof sights)[number]) => number | undefined) => {
    const values = sights.flatMap((sight) => of(sight) ?? []);
    return values.length === 0 ? undefined : values.reduce((sum, one) => sum + one, 0) / values.length;
  };
  const moving = Math.max(0, ...sights.map((sight) => sight.moving));
  const elsewhere = Math.max(0, ...looks.map(({ picture }) => picture.moving ?? 0));
  const changed = mean((sight) => (sight.known >= 0.5 ? sight.changed : undefined));
  const [lives, body] = [mean((sight) => sight.lives), mean((sight) => sight.body)];
  return {
    at,
    evidence: [
      inBed >= 0.5 ? 3 : inBed > 0 ? 2 : onBed ? 1 : 0,
      up.length === 0 ? 0 : near ? (up.length > 1 ? 3 : 1) : 2,
      binOf(moving, [0.003, 0.02, heave, 0.15]),
      lives === undefined ? undefined : binOf(lives, [0.01, 0.05, 0.15]),
      changed === undefined ? undefined : binOf(changed, [0.05, 0.12, 0.25, 0.4, 0.6]),
      body === undefined ? undefined : binOf(body, [0.2, 0.27, 0.35, 0.5]),
    ],
    heaves: moving >= heave && moving > 1.5 * elsewhere,
  };
}

export interface Counted {
  /** Of each kind of evidence, each state and each letter: log of its share. */
  readonly likelihood: readonly (readonly (readonly number[])[])[];
  /** Of each state, to each state, in a second in which the bed heaves or has just done (counted), and in any other (a law of bodies). */
  readonly goes: { readonly heaved: readonly (readonly number[])[]; readonly calm: readonly (readonly number[])[] };
}

/** Seconds after a heave in which somebody may still be on their way. */
const onTheWay = 5;

/** Nobody gets into a bed, up or out of it without moving it: so little is left for what was not seen. */
const unmoved = 1e-4;
const asItWas = states.map((_, from) => states.map((_, to) => (from === to ? 1 - 2 * unmoved : unmoved)));

/** Counts, with one of each added (Laplace), over nights whose truth is told. */
export function count(
  nights: readonly { readonly seconds: readonly Second[]; readonly truth: readonly TrueBedState[] }[],
): Counted {
  const many = letters.map((size) => states.map(() => Array<number>(size).fill(1)));
  const heaved = states.map(() => Array<number>(states.length).fill(0.01));
  for (const { seconds, truth } of nights) {
    let before: number | undefined;
    let heavedAt = Number.NEGATIVE_INFINITY;
    for (const { at, evidence, heaves } of seconds) {
      if (heaves) heavedAt = at;
      const now = truth.findLast(({ from }) => from <= at);
      if (!now) continue;
      const state = states.indexOf(now.is);
      for (const [kind, letter] of evidence.entries()) if (letter !== undefined) many[kind]![state]![letter]!++;
      if (before !== undefined && at - heavedAt <= onTheWay) heaved[before]![state]!++;
      before = state;
    }
  }
  const shares = (row: readonly number[]) => row.map((one) => one / row.reduce((sum, other) => sum + other, 0));
  return {
    likelihood: many.map((kind) => kind.map((row) => shares(row).map(Math.log))),
    goes: { heaved: heaved.map(shares), calm: asItWas },
  };
}

/**
 * @param weight of each second's evidence, 0 to 1: what is seen in one second is seen in the next as well, and is no new evidence
 * @param sure posterior from which a state is said; below it the bed is unknown
 */
export function filterBed(
  seconds: readonly Second[],
  { likelihood, goes }: Counted,
  { weight, sure }: { readonly weight: number; readonly sure: number },
): readonly BedSaid[] {
  let belief = states.map(() => 1 / states.length);
  let heavedAt = Number.NEGATIVE_INFINITY;
  return seconds.map(({ at, evidence, heaves }) => {
    if (heaves) heavedAt = at;
    const way = at - heavedAt <= onTheWay ? goes.heaved : goes.calm;
    const come = states.map((_, to) => belief.reduce((sum, one, from) => sum + one * way[from]![to]!, 0));
    const logs = come.map((one, state) =>
      evidence.reduce<number>(
        (sum, letter, kind) => (letter === undefined ? sum : sum + weight * likelihood[kind]![state]![letter]!),
        Math.log(one + 1e-12),
      ),
    );
    const top = Math.max(...logs);
    const raw = logs.map((one) => Math.exp(one - top));
    const sum = raw.reduce((all, one) => all + one, 0);
    belief = raw.map((one) => one / sum);
    const best = belief.indexOf(Math.max(...belief));
    return { at, is: belief[best]! >= sure ? states[best]! : 'unknown' };
  });
}
