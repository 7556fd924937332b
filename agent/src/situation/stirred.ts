/** Pure. Nobody leaves a bed without moving it: when each bed heaved last, and who may therefore have got in or out of it (gating by motion). */
import type { BedSight, Observed } from '@nattfrid/shared/domain/observation';
import { areaOf } from '@nattfrid/shared/domain/outline';
import type { Room } from '@nattfrid/shared/domain/room';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { flickers } from './movement.ts';

/** Share of a bed that moves when its sleeper turns over; breathing and the noise of a dark room are less. */
const stirring = 0.02;
/** Share of a bed that moves when somebody gets in, sits up or gets out: a fourth and more at once, less if they are slow or half hidden. */
const heaving = 0.05;
/** Where bars of light roll through the picture, each moves a fifth of a bed now and then. */
const heavingInFlicker = 0.25;
/** Bars of light, noise and a web before the lens move the whole picture: a bed moves by itself when it moves so many times as much. */
const moreThanRest = 1.5;
/** Whoever has got out of a bed moved it no longer ago than this. */
const sinceHeaving = seconds(15);
/** In so long a gap somebody may have got up. */
const longestGap = seconds(5);

/** When each bed heaved last, in the order of the room's beds; undefined: never, as far as anybody saw. */
export type Stirred = readonly (Instant | undefined)[];

/** How one bed moves in one look. */
export interface BedMoves {
  readonly stirs: boolean;
  readonly heaves: boolean;
  /** Share of the picture outside the bed that moves. */
  readonly rest: number;
}

/** @returns undefined where the picture does not tell how the beds move. */
export function bedMoves({ beds, picture }: Observed, room: Room): readonly BedMoves[] | undefined {
  return beds?.map((sight, bed) => {
    const outline = room.beds[bed];
    const rest = outline ? restMoves(sight, areaOf(outline), picture.moving ?? 0) : 0;
    const moves = (share: number) => sight.moving >= Math.max(share, moreThanRest * rest);
    return { stirs: moves(stirring), heaves: moves(flickers(picture) ? heavingInFlicker : heaving), rest };
  });
}

const restMoves = ({ moving }: BedSight, area: number, all: number): number =>
  Math.max(0, all - area * moving) / (1 - Math.min(area, 0.9));

/** @param before when there was a look before this one. */
export const nextStirred = (
  stirred: Stirred,
  moves: readonly BedMoves[] | undefined,
  at: Instant,
  before: Instant | undefined,
): Stirred => {
  const unwatched = before !== undefined && at - before > longestGap;
  return moves?.map(({ heaves }, bed) => (heaves || unwatched ? at : stirred[bed])) ?? stirred;
};

/** Whether somebody may have left the bed just now. True where the picture does not tell how the beds move. */
export function mayBeLeft(bed: number, stirred: Stirred, { beds, at }: Pick<Observed, 'beds' | 'at'>): boolean {
  const last = stirred[bed];
  return beds === undefined || (last !== undefined && at - last < sinceHeaving);
}

/** Whether the bed has heaved since, so that whoever was there then may have gone. True where the picture does not tell. */
export function hasHeaved(bed: number, stirred: Stirred, since: Instant, { beds }: Pick<Observed, 'beds'>): boolean {
  const last = stirred[bed];
  return beds === undefined || (last !== undefined && last >= since);
}
