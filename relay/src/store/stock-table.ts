/** The only SQL about stock and swaps. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { StockItem, Swap } from '@nattfrid/shared/desk/stock-view';
import type { Db } from './database.ts';

export type KeptSwap = Omit<Swap, 'goodNights'>;

export async function stockItems(db: Db, organisation: Organisation): Promise<readonly StockItem[]> {
  const rows = await db
    .selectFrom('stock_items')
    .select('body')
    .where('organisation', '=', organisation)
    .orderBy('individual')
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as StockItem);
}

export async function findStockItem(db: Db, organisation: Organisation, item: string): Promise<StockItem | undefined> {
  const row = await db
    .selectFrom('stock_items')
    .select('body')
    .where('organisation', '=', organisation)
    .where('item', '=', item)
    .executeTakeFirst();
  return row && (JSON.parse(row.body) as StockItem);
}

export async function saveStockItem(db: Db, organisation: Organisation, one: StockItem): Promise<void> {
  const changing = { state: one.state, body: JSON.stringify(one) };
  await db
    .insertInto('stock_items')
    .values({ item: one.item, organisation, individual: one.article.individual, ...changing })
    .onConflict((conflict) => conflict.column('item').doUpdateSet(changing))
    .execute();
}

export const stockLocations = (
  db: Db,
  organisation: Organisation,
): Promise<readonly { readonly location: string; readonly least: number }[]> =>
  db
    .selectFrom('stock_locations')
    .select(['location', 'least'])
    .where('organisation', '=', organisation)
    .orderBy('location')
    .execute();

export async function saveStockLocation(
  db: Db,
  organisation: Organisation,
  { location, least }: { readonly location: string; readonly least: number },
): Promise<void> {
  await db
    .insertInto('stock_locations')
    .values({ organisation, location, least })
    .onConflict((conflict) => conflict.columns(['organisation', 'location']).doUpdateSet({ least }))
    .execute();
}

export async function swapsOf(db: Db, organisation: Organisation): Promise<readonly KeptSwap[]> {
  const rows = await db.selectFrom('swaps').select('body').where('organisation', '=', organisation).execute();
  return rows.map(({ body }) => JSON.parse(body) as KeptSwap);
}

export async function saveSwap(db: Db, organisation: Organisation, swap: KeptSwap): Promise<void> {
  const body = JSON.stringify(swap);
  await db
    .insertInto('swaps')
    .values({ swap: swap.swap, organisation, body })
    .onConflict((conflict) => conflict.column('swap').doUpdateSet({ body }))
    .execute();
}

/** Looks of a unit that began to be due since then, and when it was told to be silent. */
export async function nightsOf(db: Db, unit: string, since: number) {
  const looks = await db
    .selectFrom('looks')
    .select('body')
    .where('unit', '=', unit)
    .where('due_from', '>=', since)
    .execute();
  const alarms = await db
    .selectFrom('alarms')
    .select(['body', 'received_at'])
    .where('unit', '=', unit)
    .where('received_at', '>=', since)
    .execute();
  return {
    looks: looks.map(({ body }) => body),
    silences: alarms.flatMap(({ body, received_at }) => (body.includes('"kind":"unit-silent"') ? [received_at] : [])),
  };
}
