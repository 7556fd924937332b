/**
 * Pure. How well the agreed place lies in the camera's picture, by the geometry of a room as it was drawn. A place that runs along the
 * picture's edge goes on outside of it, by how much nobody can see; what a mask hides is not seen either.
 */
import { coveredOf } from './covered.ts';
import type { Point, Polygon } from './geometry.ts';
import type { Room } from './room.ts';

export interface Coverage {
  /** What was agreed to be looked at, as it is drawn: the bed, or the floor where no bed is. */
  readonly what: 'bed' | 'floor';
  /** 0 to 1: all of it is in the picture, and nothing of it is hidden. Of several beds the worst. */
  readonly score: number;
  /** Share of its outline that runs along the edge of the picture, 0 to 1. */
  readonly cut: number;
  /** Share of it that masks hide, 0 to 1. */
  readonly hidden: number;
}

/** From here on the place is well in view; below, whoever installs is asked to turn the camera, or to draw anew. */
export const wellInView = 0.8;
/** So near to the edge a corner was meant to lie on it, in shares of the picture. */
const onEdge = 0.01;

/** @returns undefined where neither a bed nor a floor is drawn: then nobody knows what was agreed */
export function coverageOf({ beds, floor, masks }: Room): Coverage | undefined {
  const what = beds.length > 0 ? 'bed' : 'floor';
  const places = beds.length > 0 ? beds : floor ? [floor] : [];
  const each = places.map((place): Coverage => {
    // A floor goes on towards the camera, as it always does.
    const cut = what === 'floor' ? 0 : cutShare(place);
    const hidden = masks.length > 0 ? coveredOf(place, masks) : 0;
    return { what, score: hundredths((1 - cut) * (1 - hidden)), cut: hundredths(cut), hidden: hundredths(hidden) };
  });
  return each.toSorted((one, other) => one.score - other.score)[0];
}

function cutShare(outline: Polygon): number {
  let [along, all] = [0, 0];
  for (const [index, from] of outline.entries()) {
    const to = outline[(index + 1) % outline.length] ?? from;
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    all += length;
    if (isAlongEdge(from, to)) along += length;
  }
  return all === 0 ? 0 : along / all;
}

const isAlongEdge = (from: Point, to: Point): boolean =>
  ([0, 1] as const).some((axis) =>
    [0, 1].some((edge) => Math.abs(from[axis] - edge) <= onEdge && Math.abs(to[axis] - edge) <= onEdge),
  );

const hundredths = (share: number): number => Math.round(share * 100) / 100;
