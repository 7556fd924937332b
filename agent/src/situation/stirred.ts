/** Pure. Nobody leaves a bed without moving it: when each bed moved last, and who may therefore have got out of it (gating by motion). */
import type { BedSight, Observed } from '@nattfrid/shared/domain/observation';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';

/** Share of a bed that moves when its sleeper turns or gets out; the noise of a dark room is less. */
const stirring = 0.02;
/** Whoever has got out of a bed moved it no longer ago than this. */
const sinceStirring = seconds(15);

/** When each bed moved last, in the order of the room's beds; undefined: never, as far as anybody saw. */
export type Stirred = readonly (Instant | undefined)[];

export const stirs = (sight: BedSight | undefined): boolean => sight !== undefined && sight.moving >= stirring;

export const nextStirred = (before: Stirred, { beds, at }: Observed): Stirred =>
  beds?.map((sight, bed) => (stirs(sight) ? at : before[bed])) ?? before;

/** Whether somebody may have left the bed just now. True where the picture does not tell how the beds move. */
export function mayBeLeft(bed: number, stirred: Stirred, { beds, at }: Pick<Observed, 'beds' | 'at'>): boolean {
  const last = stirred[bed];
  return beds === undefined || (last !== undefined && at - last < sinceStirring);
}
