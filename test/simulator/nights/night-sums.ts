/** Pure. Counts over several played nights, and the gate on them. */
import type { PlayedNight } from './played-night.ts';

export interface NightSums {
  readonly nights: number;
  readonly falseAlarms: number;
  readonly found: number;
  readonly late: number;
  readonly wanted: number;
  readonly bed: { readonly right: number; readonly wrong: number; readonly unknown: number };
}
/** The part of a played night that is reported. */
export type NightReport = Pick<PlayedNight, 'night' | 'score' | 'bed' | 'pictures' | 'seconds'>;

export function sumNights(nights: readonly NightReport[]): NightSums {
  const sum = (of: (night: NightReport) => number) => nights.reduce((all, one) => all + of(one), 0);
  const outcomes = (how: string) => sum(({ score }) => score.outcomes.filter((one) => one.how === how).length);
  return {
    nights: nights.length,
    falseAlarms: sum(({ score }) => score.falseAlarms.length),
    found: outcomes('in-time') + outcomes('late'),
    late: outcomes('late'),
    wanted: sum(({ score }) => score.outcomes.length),
    bed: {
      right: sum(({ bed }) => bed.right),
      wrong: sum(({ bed }) => bed.wrong),
      unknown: sum(({ bed }) => bed.unknown),
    },
  };
}

/** One figure of the gate, in words, and whether it holds. */
export interface GateLimit {
  readonly name: string;
  readonly is: string;
  readonly limit: string;
  readonly holds: boolean;
}

/** Limits over all nights together, however many they are. */
const most = { falseAlarms: 1, wrong: 0.03, unknown: 0.1 } as const;

export function gateLimits({ falseAlarms, found, wanted, bed }: NightSums): readonly GateLimit[] {
  const all = Math.max(1e-9, bed.right + bed.wrong + bed.unknown);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const bedLimit = (name: 'wrong' | 'unknown'): GateLimit => ({
    name: `bed ${name}`,
    is: percent(bed[name] / all),
    limit: `at most ${percent(most[name])} of the minutes`,
    holds: bed[name] / all <= most[name],
  });
  return [
    {
      name: 'false alarms',
      is: `${falseAlarms}`,
      limit: `at most ${most.falseAlarms} in all`,
      holds: falseAlarms <= most.falseAlarms,
    },
    { name: 'events found', is: `${found}`, limit: `all ${wanted}`, holds: found === wanted },
    bedLimit('wrong'),
    bedLimit('unknown'),
  ];
}

export const passesGate = (sums: NightSums): boolean => gateLimits(sums).every(({ holds }) => holds);
