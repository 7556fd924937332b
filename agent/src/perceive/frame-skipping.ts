/**
 * Pure. Frame skipping while nothing happens: five pictures a second are analysed even then, and the first one in which a block
 * of cells changes. It goes by the pictures' own time, so that the same pictures are always skipped.
 */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Cells } from './cells.ts';

/** What the next picture is compared with. */
export interface SkipState {
  /** Time of the last picture, analysed or not. */
  readonly at: Instant;
  readonly analysedAt: Instant;
  /** Luma of each cell in the picture that was last analysed, and its noise. */
  readonly light: Float32Array;
  readonly noise: number;
  /** Nothing moved in that picture, and no track was in doubt. */
  readonly quiet: boolean;
}

/** Milliseconds between two analysed pictures at most, a camera's jitter included. */
const longestRest = 220;
/** Cells along each side of a block: the mean of sixteen cells has a quarter of their noise. */
const side = 4;
/** Threshold of a block's mean difference: grey values, and multiples of the noise. */
const [leastStir, timesNoise] = [1, 2];

/** Whether this picture may be skipped, because the one after it still comes in time. */
export function maySkip(before: SkipState | undefined, at: Instant, cells: Cells): boolean {
  if (!before?.quiet || before.light.length !== cells.light.length) return false;
  const period = at - before.at;
  return period > 0 && at + period - before.analysedAt <= longestRest && !differs(before, cells);
}

function differs({ light: last, noise }: SkipState, { width, height, light }: Cells): boolean {
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
