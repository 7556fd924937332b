/**
 * What a unit's view tells that stands in other tables than its own: its plan, its room, its halts. It is remembered from one beat to the
 * next, for each beat is told to the desk and changes none of it; with thousands of units reading it anew was most of what a beat cost.
 */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';
import type { Db } from '../store/database.ts';
import { type HaltRow, haltsOf } from '../store/halts-table.ts';
import { newestPlan } from '../store/plans-table.ts';
import { findProposal, newestRoom, waitingRoom } from '../store/rooms-table.ts';

export interface RestOfView {
  readonly plan: Awaited<ReturnType<typeof newestPlan>>;
  readonly room: Awaited<ReturnType<typeof newestRoom>>;
  readonly waiting: Awaited<ReturnType<typeof waitingRoom>>;
  readonly proposed: Awaited<ReturnType<typeof findProposal>>;
  readonly halts: readonly HaltRow[];
}

/** What another process has changed, and nobody has said, is seen after so long. */
const remembered = minutes(2);

export async function readRest(db: Db, unit: UnitId, clock: Clock): Promise<RestOfView> {
  return {
    plan: await newestPlan(db, unit),
    room: await newestRoom(db, unit),
    waiting: await waitingRoom(db, unit),
    proposed: await findProposal(db, unit),
    halts: await haltsOf(db, unit, clock.now()),
  };
}

export function openRests(clock: Clock) {
  const known = new Map<UnitId, { readonly rest: RestOfView; readonly at: Duration }>();
  const changes = new Map<UnitId, number>();
  return {
    /** As it was read last, or anew. */
    async of(db: Db, unit: UnitId): Promise<RestOfView> {
      const last = known.get(unit);
      if (last && clock.steady() - last.at < remembered) return last.rest;
      const before = changes.get(unit);
      const rest = await readRest(db, unit, clock);
      // Halts go on by time, and with what the unit is handed; what changed while it was read is read again.
      if (rest.halts.length === 0 && changes.get(unit) === before) known.set(unit, { rest, at: clock.steady() });
      else known.delete(unit);
      return rest;
    },
    /** Some of it is another now, or the unit is: also where it is just being read. */
    changed(unit: UnitId): void {
      changes.set(unit, (changes.get(unit) ?? 0) + 1);
      known.delete(unit);
    },
  };
}
