/** By which time the relay erases: that of its clock once it is sure of it, and until then what has gone by since. */
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { type Instant, parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import { type SureTime, sureTime } from '@nattfrid/shared/time/sure-time';
import type { Audit } from '../audit/audit.ts';
import { lastAuditLine } from '../store/audit-table.ts';
import type { Db, Store } from '../store/database.ts';
import { readSureTime, saveSureTime } from '../store/sure-time-table.ts';

/** @returns the time now; a clock that is doubted stands in the audit log, once for each time that it is found so */
export type SureNow = () => Promise<SureTime>;

export function openSureNow(parts: {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  /** The clocks of the units that speak say the same. */
  readonly agreed: () => boolean;
}): SureNow {
  const { store, audit, clock, agreed } = parts;
  let counted: Duration | undefined;
  return () =>
    store.write(async (tx) => {
      const now = clock.steady();
      const passed = counted === undefined ? undefined : milliseconds(now - counted);
      const sure = sureTime(await lastSure(tx.db), { wall: clock.now(), passed, agreed: agreed() });
      await saveSureTime(tx.db, sure.at);
      tx.after(() => {
        counted = now;
      });
      if (sure.ahead !== undefined)
        await audit.append(tx, 'relay', 'clock-doubted', 'relay', {
          wall: printInstant(clock.now()),
          erasesBy: printInstant(sure.at),
        });
      return sure;
    });
}

/** A relay from before an update has kept none: then when it last wrote. */
async function lastSure(db: Db): Promise<Instant | undefined> {
  const kept = await readSureTime(db);
  if (kept !== undefined) return kept;
  const last = await lastAuditLine(db);
  return last && parseInstant(last.at);
}
