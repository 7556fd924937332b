/** Puts what has happened into the outbox of each receiver that wants it: in the transaction that saves it, so that none is lost. */
import type { ScaipEvent } from '@nattfrid/shared/desk/receiver-view';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Alarm } from '../record/alarm.ts';
import type { Visit } from '../record/visit.ts';
import type { Tx } from '../store/database.ts';
import { isInOutbox, putIntoOutbox } from '../store/scaip-outbox-table.ts';
import { allReceivers, type Receiver } from '../store/scaip-receivers-table.ts';
import { findUnit } from '../store/units-table.ts';
import { isWanted } from './mapping.ts';
import { hasComeTo, lateOfAlarm, ofAlarm, ofVisit } from './of-record.ts';

type KnownAlarm = Exclude<Alarm, { name: 'none' }>;

export interface HandOver {
  alarm(tx: Tx, before: Alarm, after: KnownAlarm): Promise<void>;
  visit(tx: Tx, before: Visit, after: Exclude<Visit, { name: 'none' }>): Promise<void>;
}

/** @param put called once something new is on the disk @param newRef fresh, of at most 16 letters and digits */
export function openHandOver(parts: {
  readonly clock: Clock;
  readonly newRef: () => string;
  readonly put: () => void;
}): HandOver {
  const { clock, newRef, put } = parts;
  async function tell(
    tx: Tx,
    unit: UnitId,
    subject: string,
    eventsFor: (receiver: Receiver) => Promise<readonly ScaipEvent[]>,
  ): Promise<void> {
    const row = await findUnit(tx.db, unit);
    if (!row) return;
    const { client, place, organisation } = row;
    for (const one of await allReceivers(tx.db, organisation))
      for (const event of (await eventsFor(one)).filter((each) => isWanted(one.settings, each))) {
        const home = { unit, client, ...(place !== undefined && { place }) };
        const { receiver } = one;
        await putIntoOutbox(tx.db, { ref: newRef(), receiver, subject, event, ...home, madeAt: clock.now() });
        tx.after(put);
      }
  }

  /** A receiver that waits for a later step of the chain is told nothing before it, and from then on all of it. */
  async function forReceiver(
    tx: Tx,
    { receiver, settings }: Receiver,
    before: Alarm,
    after: KnownAlarm,
  ): Promise<readonly ScaipEvent[]> {
    const { alarm, receivedAt } = after.facts;
    if (settings.at === 'at-once') return ofAlarm(before, after);
    const late = lateOfAlarm(after);
    const [began] = late;
    if (began && (await isInOutbox(tx.db, { receiver, subject: alarm, event: began, since: receivedAt })))
      return ofAlarm(before, after);
    return hasComeTo(settings.at, after) ? late : [];
  }

  return {
    alarm: (tx, before, after) =>
      tell(tx, after.facts.unit, after.facts.alarm, (receiver) => forReceiver(tx, receiver, before, after)),
    async visit(tx, before, after) {
      const events = ofVisit(before, after);
      if (events.length > 0)
        await tell(tx, after.facts.unit, after.facts.alarm ?? after.facts.visit, async () => events);
    },
  };
}
