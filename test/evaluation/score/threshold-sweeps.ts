/** Pure. Threshold sweeps of the fall detector, from lenient to strict. */
import { type Limits, limits } from '@nattfrid/agent/situation/posture';
import type { FallSettings } from './decide-again.ts';

export interface ThresholdSweep {
  readonly name: string;
  readonly unit: string;
  /** From lenient to strict. */
  readonly values: readonly number[];
  at(value: number): FallSettings;
}

export const asAgreed: FallSettings = { persistenceSeconds: 15, certainty: 0.5, limits };

export const thresholdSweeps: readonly ThresholdSweep[] = [
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

/** 1: a higher limit lets less count as lying; -1: a lower one does. Limits that are missing here stay as they are. */
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

/** All limits of lying moved together by this share, above 0 stricter. */
export const stricter = (by: number): Limits =>
  Object.fromEntries(
    Object.entries(limits).map(([name, value]) => [
      name,
      value * (1 + by * (towardsStrict[name as keyof Limits] ?? 0)),
    ]),
  ) as Limits;

/** A sweep with one value: the detector as it is. */
export const asAgreedOnly: ThresholdSweep = { name: 'as it is', unit: '', values: [0], at: () => asAgreed };

/** A sweep for each limit of posture alone. @param by share by which it is moved down and up */
export const limitSweeps = (by: number): readonly ThresholdSweep[] =>
  (Object.keys(limits) as (keyof Limits)[]).map((name) => ({
    name,
    unit: `limit of posture, now ${limits[name]}`,
    values: [1 - by, 1 + by],
    at: (factor) => ({ ...asAgreed, limits: { ...limits, [name]: limits[name] * factor } }),
  }));
