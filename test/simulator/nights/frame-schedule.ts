/** Pure. What the camera shows at each instant of a staged night: which pictures, of what, in which light; busy stretches at 5 a second, quiet ones at 1. */

import { takeRate } from './animations.ts';
import type { Weather } from './compositor.ts';
import type { Cue, Staged } from './night-timeline.ts';

export const busyRate = 5;
export const quietRate = 1;

export interface Shown {
  readonly at: number;
  /** Nothing came since the picture before. */
  readonly lost: boolean;
  /** Takes with the number of their picture, farthest back first. */
  readonly takes: readonly { readonly take: string; readonly picture: number }[];
  readonly weather: Weather;
}

const layers: readonly Cue['layer'][] = ['heap', 'client', 'chair', 'pet', 'nurse1', 'nurse0'];

export function* shownIn(staged: Staged, lasts: number, lengths: (take: string) => number): Generator<Shown> {
  const on = new Map<Cue['layer'], Cue>();
  let next = 0;
  let busy = 0;
  for (let at = 0; at < lasts; ) {
    for (; next < staged.cues.length && staged.cues[next]!.from <= at; next++)
      on.set(staged.cues[next]!.layer, staged.cues[next]!);
    const takes = layers.flatMap((layer) => {
      const cue = on.get(layer);
      if (!cue?.take) return [];
      return [{ take: cue.take, picture: Math.min(lengths(cue.take) - 1, Math.floor((at - cue.from) * takeRate)) }];
    });
    yield { at, takes, ...lightAt(staged, at) };
    while (busy < staged.busy.length && staged.busy[busy]!.to <= at) busy++;
    const moves = staged.busy.some(({ from, to }) => from <= at && at < to);
    const step = 1 / (moves ? busyRate : quietRate);
    at = Math.round((at + step) * 1000) / 1000;
  }
}

function lightAt({ lit }: Staged, at: number): Pick<Shown, 'lost' | 'weather'> {
  const on = (by: string) => lit.find((one) => one.by === by && one.from <= at && at < one.to);
  const passing = on('headlights');
  const weather = {
    lamp: on('lamp') !== undefined,
    colour: on('colour') !== undefined,
    curtain: on('curtain') !== undefined,
    television: on('television') !== undefined,
    covered: on('covered') !== undefined,
    headlights: passing && (at - passing.from) / (passing.to - passing.from),
    seconds: at,
  };
  return { lost: on('lost') !== undefined, weather };
}
