/** Pure. Principal axis of a mask by its second moments: the tilt from the vertical, and the elongation. */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Person } from '@nattfrid/shared/domain/observation';
import { cellsOf } from './cells.ts';

export type Axis = NonNullable<Person['axis']>;

/** Cells of a grid with weights 0 to 255; `cellAspect` is a cell's true width divided by its height. */
export interface Weights {
  readonly width: number;
  readonly height: number;
  readonly weights: Uint8Array;
  readonly cellAspect: number;
}

/**
 * The eigenvector of the weights' covariance.
 * @param within only this part of the grid, in shares of it
 * @returns undefined for a mask that is too small or as broad as long
 */
export function axisOf({ width, height, weights, cellAspect }: Weights, within?: Box): Axis | undefined {
  const [left, top, right, bottom] = within ? cellsOf(within, width, height) : [0, 0, width, height];
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) {
      const weight = weights[row * width + column]!;
      if (weight < 64) continue;
      const x = column * cellAspect;
      n += weight;
      sx += weight * x;
      sy += weight * row;
      sxx += weight * x * x;
      syy += weight * row * row;
      sxy += weight * x * row;
    }
  if (n < 255 * 20) return undefined;
  const [mx, my] = [sx / n, sy / n];
  const [xx, yy, xy] = [sxx / n - mx * mx, syy / n - my * my, sxy / n - mx * my];
  const middle = (xx + yy) / 2;
  const half = Math.hypot((xx - yy) / 2, xy);
  const elongation = Math.sqrt((middle + half) / Math.max(middle - half, 0.25));
  if (elongation < 1.15) return undefined;
  // The direction of the larger moment, as an angle from the vertical.
  const fromHorizontal = Math.abs(0.5 * Math.atan2(2 * xy, xx - yy));
  return { tilt: 90 - (fromHorizontal * 180) / Math.PI, elongation };
}
