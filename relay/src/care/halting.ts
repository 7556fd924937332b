/** Pure. What stops the units of a home, or lets them rest: it tells them, again and again, until each has taken it. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { StopWhy } from '../record/home-halt.ts';
import type { Tx } from '../store/database.ts';

export interface Halting {
  /** @param halt no plan of this version or of a lower one counts on this unit any more */
  stop(tx: Tx, unit: UnitId, halt: { readonly why: StopWhy; readonly planVersion: number }): Promise<void>;
  pause(tx: Tx, unit: UnitId, halt: { readonly from: Instant; readonly until: Instant }): Promise<void>;
  endPause(tx: Tx, unit: UnitId): Promise<void>;
}

/** The relay's own half alone: nothing is shown, and no look is due; its units are told by nobody yet. */
export const noHalting: Halting = { stop: async () => {}, pause: async () => {}, endPause: async () => {} };
