/**
 * Pure. Whether something breathes in a bed that lies still (leaky integration of small movements against those of the rest of the
 * picture): a chest under a blanket moves a little every few seconds, where noise and flicker move the whole picture alike.
 */
import type { BedSight } from '@nattfrid/shared/domain/observation';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';

/** Of the calm looks of late; each counts for its time, and for less and less. */
export interface Breath {
  /** Milliseconds that they stand for, and those of them in which the bed moved at all. */
  readonly looks: number;
  readonly moved: number;
  /** Share of the bed, and of the rest of the picture, that moved, each times milliseconds. */
  readonly bed: number;
  readonly rest: number;
  /** Milliseconds of them in which something in the bed lived, while nothing else had moved it for long. */
  readonly lived: number;
}
export const noBreath: Breath = { looks: 0, moved: 0, bed: 0, rest: 0, lived: 0 };

/** Looks count for a third after so long. */
const fades = seconds(60);
const leastLooked = seconds(40);
/** Drawn sleepers moved their bed in a third of the looks, in some homes hardly ever; empty beds in three of a hundred. */
const leastMoved = 0.2;
const moreThanRest = 2;
/** Share of the bed in which something lives: an empty bed has none, a sleeper under a blanket three thousandths and more. */
export const leastLife = 0.003;
/** Share of the looks in which it does: a sleeper nearly always. */
const mostlyLived = 0.6;
/** A blanket that was thrown back is mistaken for life for so long. */
export const settlesIn = seconds(90);

/** @param calm nothing has moved the bed for so long that what lives in it does */
export function nextBreath(
  before: Breath,
  { moving, lives = 0 }: BedSight,
  { rest, elapsed, calm }: { readonly rest: number; readonly elapsed: Duration; readonly calm: boolean },
): Breath {
  const left = Math.exp(-elapsed / fades);
  return {
    looks: before.looks * left + elapsed,
    moved: before.moved * left + (moving > 0 ? elapsed : 0),
    bed: before.bed * left + moving * elapsed,
    rest: before.rest * left + rest * elapsed,
    lived: before.lived * left + (calm && lives >= leastLife ? elapsed : 0),
  };
}

export const breathes = ({ looks, moved, bed, rest, lived }: Breath): boolean =>
  looks >= leastLooked && ((moved >= leastMoved * looks && bed >= moreThanRest * rest) || lived >= mostlyLived * looks);
