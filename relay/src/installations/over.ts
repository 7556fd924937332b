/** What follows when a work order is over: the unit that was there opens nothing any more, and the stock knows where each is. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Audit } from '../audit/audit.ts';
import type { Installation } from '../record/installation.ts';
import type { ItemEvent } from '../record/stock-item.ts';
import { stepItem } from '../stock/step-item.ts';
import type { Tx } from '../store/database.ts';
import { stockItems } from '../store/stock-table.ts';
import { findUnit } from '../store/units-table.ts';
import type { KnownOrder } from '../store/work-orders-table.ts';
import { takeOut } from '../units/end-unit.ts';

/** In the transaction in which the order is done. Of an install nothing follows: the pairing has moved it from the shelf to the home. */
export const orderOver =
  ({ audit, clock }: { readonly audit: Pick<Audit, 'append'>; readonly clock: Pick<Clock, 'now'> }) =>
  async (tx: Tx, { facts }: KnownOrder, one: Installation): Promise<void> => {
    const { there, client, order, organisation } = facts;
    if (!there || (facts.kind !== 'exchange' && facts.kind !== 'return')) return;
    const row = await findUnit(tx.db, there);
    if (row) {
      await audit.append(tx, `unit ${one.facts.unit}`, 'unit-removed', there, { client, order });
      await takeOut(tx, row);
    }
    const by = one.finish?.by ?? one.wiped?.by ?? one.facts.pairedBy;
    const to = facts.kind === 'exchange' ? 'faulty' : 'returned';
    // One that a person says is wiped is marked as said by that person; the machine asks for no more.
    await moved(tx, organisation, there, { to, by, wiped: facts.kind === 'return', at: clock.now() });
  };

async function moved(
  { db }: Tx,
  organisation: string,
  unit: UnitId,
  event: Omit<Extract<ItemEvent, { type: 'moved' }>, 'type'>,
): Promise<void> {
  const items = await stockItems(db, organisation);
  const item = items.find((one) => one.unit === unit || (one.identity?.unit === unit && one.state === 'installed'));
  if (!item) return;
  // Where it cannot become that from there it stays as it is, for a person to put right.
  await stepItem(db, organisation, item, { type: 'moved', ...event });
}
