/** What is older than was agreed is forgotten, once a day, behind a line in the audit log that says how much of what. */
import { type Duration, hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import { forgetBreakGlass } from '../store/break-glass-table.ts';
import { forgetFilled } from '../store/checklists-table.ts';
import { clientsToErase, eraseClient } from '../store/clients-table.ts';
import type { Store } from '../store/database.ts';
import { forgetExercises } from '../store/exercises-table.ts';
import { forgetFallbackCalls } from '../store/fallback-table.ts';
import { forgetClosedAlarms, forgetDoneLooks, forgetDoneVisits, forgetEndedSessions } from '../store/forgetting.ts';
import { forgetInstallations } from '../store/installations-table.ts';
import { forgetRings } from '../store/push-table.ts';
import { forgetReceived } from '../store/received-table.ts';
import { forgetTold } from '../store/scaip-outbox-table.ts';
import { forgetShadows } from '../store/shadow-table.ts';
import { forgetReadHandovers, forgetShifts } from '../store/shifts-table.ts';
import { forgetLetters } from '../store/webhooks-table.ts';
import { forgetTickets, forgetWorkOrders } from '../store/work-orders-table.ts';

export interface KeepDays {
  /** Ids of messages: no unit keeps one for so long, and only then may its id be forgotten. */
  readonly received: number;
  /** Alarms that are closed, looks, visits and work orders (with the record of the installation) that are done: since then. What waits for a person waits for ever. */
  readonly done: number;
  /** What says who a client was, since they ended. */
  readonly clients: number;
  /** Sessions, since they ended; tickets of pairing, which belong to one, since they were made. */
  readonly sessions: number;
}

/** All or nothing; the audit log itself is never shortened. */
export async function forgetOld(parts: {
  readonly store: Store;
  readonly audit: Audit;
  /** By a clock that is sure. */
  readonly now: Instant;
  readonly keepDays: KeepDays;
}): Promise<void> {
  const { store, audit, now, keepDays } = parts;
  const before = (days: number) => after(now, milliseconds(-days * day));
  await store.write(async (tx) => {
    const done = before(keepDays.done);
    const orders = await forgetWorkOrders(tx.db, done);
    const gone = {
      received: await forgetReceived(tx.db, before(keepDays.received)),
      alarms: await forgetClosedAlarms(tx.db, done),
      looks: await forgetDoneLooks(tx.db, done),
      visits: await forgetDoneVisits(tx.db, done),
      breakGlass: await forgetBreakGlass(tx.db, done),
      shadowEvents: await forgetShadows(tx.db, done),
      shifts: await forgetShifts(tx.db, done),
      handovers: await forgetReadHandovers(tx.db, before(1)),
      fallbackCalls: await forgetFallbackCalls(tx.db, done),
      handedOver: await forgetTold(tx.db, done),
      rings: await forgetRings(tx.db, done),
      letters: await forgetLetters(tx.db, done),
      checklists: await forgetFilled(tx.db, done),
      exercises: await forgetExercises(tx.db, done),
      workOrders: orders.length,
      installations: await forgetInstallations(tx.db, orders),
      tickets: await forgetTickets(tx.db, before(keepDays.sessions)),
      sessions: await forgetEndedSessions(tx.db, before(keepDays.sessions)),
    };
    for (const { client, alias } of await clientsToErase(tx.db, before(keepDays.clients))) {
      await eraseClient(tx.db, client, now);
      // By its alias: that there was one, with its decision and dates, stays.
      await audit.append(tx, 'relay', 'client-erased', alias);
    }
    const some = Object.entries(gone).filter(([, many]) => many > 0);
    if (some.length === 0) return;
    const details = Object.fromEntries(some.map(([name, many]) => [name, String(many)]));
    await audit.append(tx, 'relay', 'old-forgotten', 'relay', details);
  });
}

const day: Duration = hours(24);
