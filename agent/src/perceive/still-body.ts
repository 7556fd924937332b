/**
 * Pure. While nothing moves, every look is a look at the same body (majority vote over pose hypotheses). The pose model makes of one still
 * picture now this and now that, each time with great confidence: what most looks made of it counts.
 */
import { type Box, iou } from '@nattfrid/shared/domain/geometry';
import type { SceneChange } from './background.ts';
import { shareIn } from './cells.ts';
import type { Body, Hypothesis, Track } from './track.ts';

/** Looks that count at most: something new is believed after as many. */
const mostLooks = 8;
const mostHypotheses = 4;
/** Boxes that overlap so much (IoU), and long axes that differ by no more degrees, are of one hypothesis. */
const [alike, sameTilt] = [0.5, 25];
/** Share of a body's cells that have moved when it has. */
const leastStirred = 0.03;

/** @param since seconds. @returns what the looks since the body last moved make of it, the most believed first */
export function hypotheses(track: Track, body: Body, scene: SceneChange, since: number): readonly Hypothesis[] {
  const before = hasStirred(track.box, scene, since) ? [] : (track.hypotheses ?? []);
  const same = before.find((one) => isAlike(one.body, body));
  const looks = Math.min(mostLooks, (same?.looks ?? 0) + 1);
  // Beyond the most looks that count, what is said otherwise is forgotten instead.
  const others = before.filter((one) => one !== same);
  const rest = same?.looks === mostLooks ? others.map((one) => ({ ...one, looks: one.looks - 1 })) : others;
  return [...rest, { body, looks }].toSorted((one, other) => other.looks - one.looks).slice(0, mostHypotheses);
}

const isAlike = (one: Body, other: Body): boolean =>
  iou(one.box, other.box) >= alike &&
  (!one.axis || !other.axis || Math.abs(one.axis.tilt - other.axis.tilt) <= sameTilt);

/** @param since seconds. @returns whether a body in this box has moved since then */
export const hasStirred = (box: Box, { change, stillFor }: SceneChange, since: number): boolean =>
  shareIn(box, change.width, change.height, (cell) => stillFor[cell]! <= since) > leastStirred;
