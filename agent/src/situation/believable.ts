/** Pure. What the eyes say, less what cannot be: bodies that appear at once, and sleepers who leave their bed without moving it. */
import type { Observed } from '@nattfrid/shared/domain/observation';
import type { Room } from '@nattfrid/shared/domain/room';
import { aliveIn, type Lives, noLives } from './alive.ts';
import { type Jumps, noJumps, unjumped } from './unjumped.ts';

export interface Doubts {
  readonly lives: Lives;
  readonly jumps: Jumps;
}
export const noDoubts: Doubts = { lives: noLives, jumps: noJumps };

/** @returns what the detectors are to be told instead of the event */
export function believable(before: Doubts, event: Observed, room: Room): readonly [Doubts, Observed] {
  const [lives, alive] = aliveIn(before.lives, event, room);
  const [jumps, told] = unjumped(before.jumps, alive, room);
  return [{ lives, jumps }, told];
}
