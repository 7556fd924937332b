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

/** At most one false alarm over all nights, and every wanted alarm found. */
export const passesGate = ({ falseAlarms, found, wanted }: NightSums): boolean => falseAlarms <= 1 && found === wanted;
