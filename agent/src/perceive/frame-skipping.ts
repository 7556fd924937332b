/**
 * Pure. Which pictures may be passed over while nothing happens: five a second are looked at even then, and the first one in
 * which anything stirs. Goes by the pictures' own time, so that the same pictures are always judged alike.
 */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Cells } from './cells.ts';

/** What the next picture is held against. */
export interface SkipState {
  /** The last picture, looked at or not. */
  readonly at: Instant;
  readonly analysedAt: Instant;
  /** Light of each cell in the picture that was last looked at, and the noise in it. */
  readonly light: Float32Array;
  readonly noise: number;
  /** Nothing moved in it, and nobody was in doubt. */
  readonly quiet: boolean;
}

/** Milliseconds between two looks, also where nothing happens; a camera's jitter on top. */
const longestRest = 220;
/** Cells along each side of a block: the mean of sixteen cells has a quarter of their noise. */
const side = 4;
/** Grey values, and times the noise, by which the mean of a block differs when something is there that was not. */
const [leastStir, timesNoise] = [1, 2];

/** Whether this picture need not be looked at: the one after it will still come in time. */
export function maySkip(before: SkipState | undefined, at: Instant, cells: Cells): boolean {
  if (!before?.quiet || before.light.length !== cells.light.length) return false;
  const period = at - before.at;
  return period > 0 && at + period - before.analysedAt <= longestRest && !stirs(before, cells);
}

function stirs({ light: last, noise }: SkipState, { width, height, light }: Cells): boolean {
  const least = side * side * Math.max(leastStir, timesNoise * noise);
  for (let top = 0; top + side <= height; top += side)
    for (let left = 0; left + side <= width; left += side) {
      let sum = 0;
      for (let y = top; y < top + side; y++)
        for (let at = y * width + left, end = at + side; at < end; at++) sum += light[at]! - last[at]!;
      if (Math.abs(sum) > least) return true;
    }
  return false;
}
