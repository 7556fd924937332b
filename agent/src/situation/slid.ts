/**
 * Pure. Who has slid off the edge of a bed (pose relative to one's own sitting): along the view a body beside the bed is as high as it is
 * wide, and looks like one that sits or lies in it. But who lies down in a bed is more in it than when they sat there, and who has
 * slid off is lower and less; and who is neither in bed nor on its edge nor upright is down.
 */
import { apart, type Box, contains, type Polygon } from '@nattfrid/shared/domain/geometry';
import { containmentInOutline, isBeside } from './bed-place.ts';
import type { Reading } from './posture.ts';

/** How somebody sat on a bed, where they were most on it. */
export interface Sat {
  readonly bed: number;
  readonly box: Box;
  /** Has slid off since: until they are up, or the bed heaves again, as it must when somebody gets back into it. */
  readonly slid?: boolean;
}

/** In heights of the body that sits: its top sinks by a fifth or a third to tie a shoe, by a third and more to the floor. */
const sinks = 0.3;
/** Whoever has come nearer to the camera instead is larger. */
const smaller = 0.9;
/** Who walks out of the picture under the camera looks as low; and who has slid off is where they sat. */
const [whole, near] = [0.98, 0.7];
/** Of what lay in the bed's outline while they sat. */
const lessInBed = 0.6;

export function hasSlid(sat: Sat, box: Box, { why }: Reading, beds: readonly Polygon[]): boolean {
  const outline = beds[sat.bed];
  if (!outline || why === 'trunk-up-on-legs' || box.y + box.height > whole) return false;
  if (apart(box, sat.box) > near * sat.box.height) return false;
  const isLow = box.y > sat.box.y + sinks * sat.box.height && box.height <= smaller * sat.box.height;
  const isOff = !contains(outline, box.x + box.width / 2, box.y + box.height / 2) && isBeside(outline, box);
  return (
    (isLow || sat.slid === true) &&
    isOff &&
    containmentInOutline(box, outline) < lessInBed * containmentInOutline(sat.box, outline)
  );
}

/** @param outline of the bed on which somebody sits now. */
export function nextSat(before: Sat | undefined, now: Sat, outline: Polygon): Sat {
  const wasMore =
    before?.bed === now.bed &&
    containmentInOutline(before.box, outline) > containmentInOutline(now.box, outline) &&
    before.box.y <= now.box.y;
  return wasMore ? before : now;
}
