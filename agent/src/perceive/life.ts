/**
 * Pure. Where something lives though nothing walks: cells whose light, averaged over a second, strays by more than the picture's noise
 * explains (temporal variance against frame difference). Breathing and stirring do it under a blanket too; a doll, a coat, a heap do not.
 */
import type { Box } from '@nattfrid/shared/domain/geometry';
import type { Instant } from '@nattfrid/shared/time/instant';
import { boxBlurred, type Cells, meanIn, quantile } from './cells.ts';

export interface Life {
  readonly width: number;
  readonly height: number;
  readonly at: Instant;
  /** Of each cell, in this picture's exposure: light of the picture before, mean over about a second. The next step writes over all. */
  readonly last: Float32Array;
  readonly calm: Float32Array;
  /** Mean and mean square of `calm`, and mean absolute frame difference, over `remembered`. */
  readonly mean: Float32Array;
  readonly square: Float32Array;
  readonly differs: Float32Array;
  /** Seconds for which the picture has been watched in this light. */
  readonly watchedFor: number;
  /** 255 in the cells that live. */
  readonly lives: Uint8Array;
}

/** Seconds: of the mean that takes the noise away, and over which it is watched whether that mean strays; a breath takes three to six. */
const [calmOver, remembered] = [0.6, 8];
/** Seconds before which nothing can be said. */
export const watchedEnough = 3;
/** Least deviation, in grey values; how many times that of most of the picture; and share of the frame difference, of which noise leaves less. */
const [leastStray, timesMost, shareOfNoise] = [0.25, 2.2, 0.62];
/** Milliseconds between two pictures, and share of the light that changes at once: after more it is begun anew. */
const [longestPause, jump] = [1000, 0.06];

/** Takes `before` over and writes over its cells. @param relit the light of the whole room has just changed */
export function stepLife(before: Life | undefined, cells: Cells, at: Instant, relit: boolean): Life {
  const { width, height } = cells;
  const light = boxBlurred(width, height, cells.light, 1);
  if (!before || before.width !== width || before.height !== height || at - before.at > longestPause || relit)
    return beginning(width, height, at, light);
  const gain = gainOf(before.last, light);
  if (Math.abs(gain - 1) > jump) return beginning(width, height, at, light);
  const dt = Math.max(0, (at - before.at) / 1000);
  const watchedFor = before.watchedFor + dt;
  const { last, calm, mean, square, differs, lives } = before;
  const quick = 1 - Math.exp(-dt / calmOver);
  const slow = Math.max(dt / Math.max(watchedFor, dt), 1 - Math.exp(-dt / remembered));
  // The first second's mean still holds the noise of its first picture.
  const settles = watchedFor < 2 * calmOver;
  for (let cell = 0; cell < light.length; cell++) {
    const now = light[cell]!;
    const was = last[cell]!;
    differs[cell]! += slow * (Math.abs(now - was) - differs[cell]!);
    calm[cell]! += quick * (now - calm[cell]!);
    const value = calm[cell]!;
    if (settles) {
      mean[cell] = value;
      square[cell] = 0;
    } else {
      const off = value - mean[cell]!;
      mean[cell]! += slow * off;
      square[cell] = (1 - slow) * (square[cell]! + slow * off * off);
    }
    last[cell] = now;
  }
  if (watchedFor >= watchedEnough) mark(lives, square, differs);
  return { ...before, at, watchedFor };
}

const beginning = (width: number, height: number, at: Instant, light: Float32Array): Life => ({
  width,
  height,
  at,
  last: light.slice(),
  calm: light.slice(),
  mean: light.slice(),
  square: new Float32Array(light.length),
  differs: new Float32Array(light.length),
  watchedFor: 0,
  lives: new Uint8Array(light.length),
});

/** The median ratio of this picture's light to the last one's, which somebody who walks hardly moves. */
function gainOf(last: Float32Array, light: Float32Array): number {
  const ratios = new Float32Array(Math.ceil(light.length / 23));
  for (let at = 0, to = 0; at < light.length; at += 23, to++) ratios[to] = (light[at]! + 8) / (last[at]! + 8);
  return quantile(ratios, 0.5);
}

function mark(lives: Uint8Array, square: Float32Array, differs: Float32Array): void {
  const sample = new Float32Array(Math.ceil(square.length / 11));
  for (let at = 0, to = 0; at < square.length; at += 11, to++) sample[to] = square[at]!;
  const most = Math.sqrt(quantile(sample, 0.8));
  const least = Math.max(leastStray, timesMost * most);
  for (let cell = 0; cell < lives.length; cell++) {
    const strays = Math.sqrt(square[cell]!);
    lives[cell] = strays > least && strays > shareOfNoise * differs[cell]! ? 255 : 0;
  }
}

/** Share of the box that lives, 0 to 1; 0 while nothing can be said. */
export const lifeIn = (box: Box, { width, height, lives }: Life): number => meanIn(box, width, height, lives);
