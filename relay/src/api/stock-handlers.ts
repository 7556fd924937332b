/** What the routes about stock and swaps do: each written in the audit log first. */
import { randomUUID } from 'node:crypto';
import { Fault } from '@nattfrid/shared/fault/fault';
import { csv } from '@nattfrid/shared/table/write-csv';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Audit } from '../audit/audit.ts';
import { addLabels } from '../pairing/labels.ts';
import { keepWipe } from '../pairing/wiped.ts';
import { readStockFile } from '../stock/read-file.ts';
import { reconcile } from '../stock/reconcile.ts';
import type { Stocks } from '../stock/stock.ts';
import type { Store } from '../store/database.ts';
import { saveStockLocation } from '../store/stock-table.ts';
import type { ApiHandlers } from './handler.ts';
import { inOnePiece } from './pieces.ts';

type Handled =
  | 'stock'
  | 'addStockItem'
  | 'moveStockItem'
  | 'setStockLocation'
  | 'exportStock'
  | 'reconcileStock'
  | 'addLabels'
  | 'keepWipe'
  | 'planSwap'
  | 'moveSwap';

export const stockHandlers = ({
  store,
  clock,
  audit,
  stocks,
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly stocks: Stocks;
}): Pick<ApiHandlers, Handled> => {
  const of = (organisation: string) => store.read((db) => stocks.of(db, organisation));
  return {
    stock: ({ who }) => of(who.organisation),
    async addStockItem({ body: { article, location }, who }) {
      const item = randomUUID();
      await audit.write(who.name, 'stock-came', article.individual, { location, operator: who.id });
      const came = { type: 'came', item, article, location, by: who.name, at: clock.now() } as const;
      return (await stocks.step(who.organisation, item, came)) ?? of(who.organisation);
    },
    async moveStockItem({ params, body, who }) {
      await audit.write(who.name, 'stock-moved', params.item, { to: body.to, operator: who.id });
      const moved = { type: 'moved', ...body, by: who.name, at: clock.now() } as const;
      return (await stocks.step(who.organisation, params.item, moved)) ?? of(who.organisation);
    },
    async setStockLocation({ body, who }) {
      await audit.write(who.name, 'stock-location-set', body.location, { least: String(body.least), operator: who.id });
      await store.write(({ db }) => saveStockLocation(db, who.organisation, body));
      return of(who.organisation);
    },
    async exportStock({ who }) {
      await audit.write(who.name, 'stock-exported', 'stock', { operator: who.id });
      const { items } = await of(who.organisation);
      const heads = ['iso', 'article', 'individual', 'authority', 'state', 'location', 'client', 'wiped', 'at', 'by'];
      const rows = items.flatMap(({ article, location, client, wiped, history }) =>
        history.map(({ at, by, to }) => [
          ...[article.iso, article.number, article.individual, article.authority, to],
          ...[location ?? '', client ?? '', wiped?.at ?? '', at, by],
        ]),
      );
      return inOnePiece(csv([heads, ...rows]));
    },
    async reconcileStock({ body, who }) {
      const there = readStockFile(body.csv);
      if (there instanceof Fault) return there;
      const { items } = await of(who.organisation);
      return { differences: reconcile(items, there) };
    },
    async addLabels({ body, who }) {
      const added = await addLabels({ store, audit, clock }, who, who.organisation, body);
      return added instanceof Fault ? added : { added };
    },
    async keepWipe({ body, who }) {
      return (await keepWipe({ store, audit, clock }, who, who.organisation, body)) ?? of(who.organisation);
    },
    async planSwap({ body, who }) {
      await audit.write(who.name, 'swap-planned', body.client, { unit: body.unit, on: body.on, operator: who.id });
      await stocks.planSwap(who.organisation, body);
      return of(who.organisation);
    },
    async moveSwap({ params, body, who }) {
      await audit.write(who.name, 'swap-moved', params.swap, { to: body.to, operator: who.id });
      const { to, confirmed = false } = body;
      return (await stocks.moveSwap(who.organisation, params.swap, to, who.name, confirmed)) ?? of(who.organisation);
    },
  };
};
