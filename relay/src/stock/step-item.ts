/** One step of an item in stock, saved, in the transaction of whatever it comes of. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { Fault } from '@nattfrid/shared/fault/fault';
import { type Item, type ItemEvent, stockItemMachine } from '../record/stock-item.ts';
import type { Db } from '../store/database.ts';
import { saveStockItem } from '../store/stock-table.ts';

/** @returns why it cannot be from there: nothing is saved then */
export async function stepItem(
  db: Db,
  organisation: Organisation,
  before: Item,
  event: ItemEvent,
): Promise<Fault | undefined> {
  const [next, [refused]] = stockItemMachine.step(before, event);
  if (refused) return refused.fault;
  if (next.state !== 'none') await saveStockItem(db, organisation, next);
  return undefined;
}
