/**
 * Makes each month's summary by itself once the month is over, and keeps its figures. One that was made while the clock stood wrong is
 * dropped and made anew. Training homes are of another organisation, and in none of them.
 */
import type { MonthHead, MonthSummary } from '@nattfrid/shared/desk/month-routes';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import { dayOf, monthsAfter } from '@nattfrid/shared/domain/window';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import type { Store } from '../store/database.ts';
import { dropMonthsFrom, findMonth, insertMonth, markMonthOpened, monthsOf } from '../store/months-table.ts';
import { allUnits } from '../store/units-table.ts';
import type { FollowUp } from './follow-up.ts';

export interface Months {
  of(organisation: Organisation): Promise<readonly MonthHead[]>;
  /** Somebody opens it: whoever is the first ends the notice that it is there. */
  open(organisation: Organisation, month: string): Promise<MonthSummary | Fault>;
  /** Makes what is lacking; looks once a day. */
  tick(): Promise<void>;
}

/** A relay that stood still over the turn of a month makes what it has missed, as far back. */
const lookBack = 3;

/** @param isTraining of an organisation: it has no months */
export function openMonths(parts: {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly audit: Audit;
  readonly followUp: Pick<FollowUp, 'statistics'>;
  readonly isTraining: (organisation: Organisation) => boolean;
}): Months {
  const { store, clock, audit, followUp } = parts;
  let lookedOn = '';

  async function make(organisation: Organisation, first: string): Promise<void> {
    const month = first.slice(0, 7);
    if (await findMonth(store.db, organisation, month)) return;
    const figures = await followUp.statistics(organisation, { from: first, until: monthsAfter(first, 1) });
    if (figures instanceof Fault) throw figures;
    const { clients, ...together } = figures;
    if (clients.length === 0 && figures.visits.caused === 0) return;
    const madeAt = clock.now();
    const summary = { ...together, month, madeAt: printInstant(madeAt), homes: clients.length };
    await store.write(async (tx) => {
      await audit.append(tx, 'relay', 'month-made', month, { organisation });
      await insertMonth(tx.db, organisation, summary, madeAt);
    });
  }

  return {
    of: (organisation) => monthsOf(store.db, organisation),
    async open(organisation, month) {
      const found = await findMonth(store.db, organisation, month);
      if (!found) return new Fault('not-found', `There is no summary of ${month}: it is made once the month is over.`);
      if (!found.isOpened) await store.write(({ db }) => markMonthOpened(db, organisation, month, clock.now()));
      return found.summary;
    },
    async tick() {
      const today = dayOf(clock.now());
      if (today === lookedOn) return;
      const thisMonth = `${today.slice(0, 7)}-01`;
      await store.write(({ db }) => dropMonthsFrom(db, thisMonth.slice(0, 7)));
      const organisations = new Set((await allUnits(store.db)).map((unit) => unit.organisation));
      for (const organisation of organisations)
        for (let back = lookBack; back > 0 && !parts.isTraining(organisation); back--)
          await make(organisation, monthsAfter(thisMonth, -back));
      lookedOn = today;
    },
  };
}
