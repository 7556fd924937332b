/** Pure. What a detector found in still pictures, held against the places marked by eye. */
import { type Box, iou, overlapCoefficient } from '@nattfrid/shared/domain/geometry';

export interface Looked {
  readonly posture: 'lying' | 'up' | 'nobody';
  /** Absent where nobody is. */
  readonly place?: Box;
  readonly found: readonly { readonly box: Box; readonly score: number }[];
}

export interface Counts {
  readonly lying: number;
  readonly up: number;
  /** Lying persons found on their place with a score of at least 0.3, of at least 0.4, and persons who are up with 0.3. */
  readonly lying03: number;
  readonly lying04: number;
  readonly up03: number;
  /** Places of at least 0.3 where nobody is, in all pictures. */
  readonly wrong: number;
  /** Found at the threshold that lets at most so many wrong places pass. */
  readonly threshold: number;
  readonly lyingAt: number;
  readonly upAt: number;
}

const same = 0.3;

export function counted(looked: readonly Looked[], allowed: number): Counts {
  const best = looked.map(({ posture, place, found }) => ({
    posture,
    score: Math.max(0, ...found.filter(({ box }) => place && iou(box, place) >= same).map(({ score }) => score)),
  }));
  // A box on a part of the person is neither a find nor a wrong place.
  const elsewhere = looked.flatMap(({ place, found }) =>
    found.filter(({ box }) => !place || (iou(box, place) < same && overlapCoefficient(box, place) < 0.5)),
  );
  const wrong = elsewhere.map(({ score }) => score).toSorted((a, b) => b - a);
  const threshold = wrong[allowed] ?? 0.15;
  const at = (posture: string, least: number) =>
    best.filter((one) => one.posture === posture && one.score >= least).length;
  const above = (posture: string) => best.filter((one) => one.posture === posture && one.score > threshold).length;
  return {
    lying: at('lying', 0),
    up: at('up', 0),
    lying03: at('lying', 0.3),
    lying04: at('lying', 0.4),
    up03: at('up', 0.3),
    wrong: wrong.filter((score) => score >= 0.3).length,
    threshold,
    lyingAt: above('lying'),
    upAt: above('up'),
  };
}
