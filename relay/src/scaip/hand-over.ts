/** Puts what has happened into the outbox of each receiver that wants it: in the transaction that saves it, so that none is lost. */
import type { ScaipEvent } from '@nattfrid/shared/desk/receiver-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Alarm } from '../record/alarm.ts';
import type { Visit } from '../record/visit.ts';
import type { Tx } from '../store/database.ts';
import { putIntoOutbox } from '../store/scaip-outbox-table.ts';
import { allReceivers } from '../store/scaip-receivers-table.ts';
import { findUnit } from '../store/units-table.ts';
import { isWanted } from './mapping.ts';
import { ofAlarm, ofVisit } from './of-record.ts';

export interface HandOver {
  alarm(tx: Tx, before: Alarm, after: Exclude<Alarm, { name: 'none' }>): Promise<void>;
  visit(tx: Tx, before: Visit, after: Exclude<Visit, { name: 'none' }>): Promise<void>;
}

/** @param put called once something new is on the disk @param newRef fresh, of at most 16 letters and digits */
export function openHandOver(parts: {
  readonly clock: Clock;
  readonly newRef: () => string;
  readonly put: () => void;
}): HandOver {
  const { clock, newRef, put } = parts;
  async function tell(tx: Tx, unit: UnitId, subject: string, events: readonly ScaipEvent[]): Promise<void> {
    if (events.length === 0) return;
    const row = await findUnit(tx.db, unit);
    if (!row) return;
    const { client, place, organisation } = row;
    for (const { receiver, settings } of await allReceivers(tx.db, organisation))
      for (const event of events.filter((one) => isWanted(settings, one))) {
        const home = { unit, client, ...(place !== undefined && { place }) };
        await putIntoOutbox(tx.db, { ref: newRef(), receiver, subject, event, ...home, madeAt: clock.now() });
        tx.after(put);
      }
  }
  return {
    alarm: (tx, before, after) => tell(tx, after.facts.unit, after.facts.alarm, ofAlarm(before, after)),
    visit: (tx, before, after) =>
      tell(tx, after.facts.unit, after.facts.alarm ?? after.facts.visit, ofVisit(before, after)),
  };
}
