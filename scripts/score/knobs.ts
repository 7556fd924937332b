/** Pure. The thresholds that make the fall detector stricter or more lenient, each with the values it is tried at. */
import { type Limits, limits } from '../../agent/src/situation/posture.ts';
import type { Settings } from './decide-again.ts';

export interface Knob {
  readonly name: string;
  readonly unit: string;
  /** From lenient to strict. */
  readonly values: readonly number[];
  at(value: number): Settings;
}

export const asAgreed: Settings = { persistenceSeconds: 15, certainty: 0.5, limits };

export const knobs: readonly Knob[] = [
  {
    name: 'persistence',
    unit: 's on the floor before it is told',
    values: [3, 5, 8, 10, 15, 20, 30, 45, 60],
    at: (persistenceSeconds) => ({ ...asAgreed, persistenceSeconds }),
  },
  {
    name: 'certainty',
    unit: 'how sure a person must be',
    values: [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    at: (certainty) => ({ ...asAgreed, certainty }),
  },
  {
    name: 'posture',
    unit: 'all limits of lying at once, 0 as they are, above 0 stricter',
    values: [-0.5, -0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5],
    at: (by) => ({ ...asAgreed, limits: stricter(by) }),
  },
  {
    name: 'all at once',
    unit: 'from all of them lenient (-1) to all of them strict (1)',
    values: [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1],
    at: (by) => ({
      persistenceSeconds: 15 + (by < 0 ? 12 : 45) * by,
      certainty: 0.5 + 0.4 * by,
      limits: stricter(0.5 * by),
    }),
  },
];

/** 1: the higher this limit, the less counts as lying; -1: the other way. Limits that are not named here stay. */
const towardsStrict: { readonly [Name in keyof Limits]?: 1 | -1 } = {
  trunkUp: -1,
  trunkDown: -1,
  legsCarry: -1,
  thighsCarry: -1,
  lowShoulders: -1,
  lowHips: -1,
  slant: 1,
  shouldersAway: 1,
  anklesNear: 1,
  awayRise: -1,
  shapeLevel: 1,
  longShape: 1,
  boxWide: 1,
};

const stricter = (by: number): Limits =>
  Object.fromEntries(
    Object.entries(limits).map(([name, value]) => [
      name,
      value * (1 + by * (towardsStrict[name as keyof Limits] ?? 0)),
    ]),
  ) as Limits;

/** One value: as it is. */
export const asAgreedOnly: Knob = { name: 'as it is', unit: '', values: [0], at: () => asAgreed };

/** Each limit of posture alone, moved by so much down and up. */
export const limitKnobs = (by: number): readonly Knob[] =>
  (Object.keys(limits) as (keyof Limits)[]).map((name) => ({
    name,
    unit: `limit of posture, now ${limits[name]}`,
    values: [1 - by, 1 + by],
    at: (factor) => ({ ...asAgreed, limits: { ...limits, [name]: limits[name] * factor } }),
  }));
