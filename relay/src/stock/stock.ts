/** Stock and swaps of an organisation: load, step, save; nothing leaves the shelf or the home without somebody's name. */
import { randomUUID } from 'node:crypto';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { Stock, StockItem, Swap, SwapState } from '@nattfrid/shared/desk/stock-view';
import { startOfDay } from '@nattfrid/shared/domain/window';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { instant, printInstant } from '@nattfrid/shared/time/instant';
import type { KnownLook } from '../record/look.ts';
import { type Item, type ItemEvent, stockItemMachine } from '../record/stock-item.ts';
import type { Db, Store } from '../store/database.ts';
import {
  findStockItem,
  type KeptSwap,
  nightsOf,
  saveSwap,
  stockItems,
  stockLocations,
  swapsOf,
} from '../store/stock-table.ts';
import { goodNights } from './good-nights.ts';
import { stepItem } from './step-item.ts';

export interface Stocks {
  of(db: Db, organisation: Organisation): Promise<Stock>;
  step(organisation: Organisation, item: string, event: ItemEvent): Promise<Fault | undefined>;
  planSwap(organisation: Organisation, swap: Omit<KeptSwap, 'swap' | 'state' | 'cutOver'>): Promise<void>;
  moveSwap(
    organisation: Organisation,
    id: string,
    to: SwapState,
    by: string,
    confirmed: boolean,
  ): Promise<Fault | undefined>;
}

/** From > to. */
const swapWays: Readonly<Record<SwapState, readonly SwapState[]>> = {
  planned: ['told', 'called-off'],
  told: ['parallel', 'called-off'],
  parallel: ['cut-over', 'called-off'],
  'cut-over': [],
  'called-off': ['planned'],
};

export function openStocks({ store, clock }: { readonly store: Store; readonly clock: Clock }): Stocks {
  async function withNights(db: Db, swap: KeptSwap): Promise<Swap> {
    if (swap.state !== 'parallel') return { ...swap, goodNights: 0 };
    const { looks, silences } = await nightsOf(db, swap.unit, startOfDay(swap.on));
    const read = looks.map((body) => JSON.parse(body) as KnownLook);
    return { ...swap, goodNights: goodNights(read, silences.map(instant), clock.now()) };
  }

  return {
    async of(db, organisation) {
      const items = await stockItems(db, organisation);
      const locations = (await stockLocations(db, organisation)).map(({ location, least }) => {
        const have = items.filter((one) => one.state === 'in-stock' && one.location === location).length;
        return { location, least, have, below: have < least };
      });
      const swaps = await Promise.all((await swapsOf(db, organisation)).map((swap) => withNights(db, swap)));
      return { items, locations, swaps: swaps.toSorted((a, b) => a.on.localeCompare(b.on)) };
    },
    step: (organisation, item, event) =>
      store.write(async ({ db }) => {
        const before: Item = (await findStockItem(db, organisation, item)) ?? stockItemMachine.initial;
        if (event.type === 'came' && (await hasIndividual(db, organisation, event.article.individual)))
          return new Fault('already-there', `There is already a unit ${event.article.individual} in stock.`);
        return stepItem(db, organisation, before, event);
      }),
    planSwap: (organisation, swap) =>
      store.write(({ db }) => saveSwap(db, organisation, { ...swap, swap: randomUUID(), state: 'planned' })),
    moveSwap: (organisation, id, to, by, confirmed) =>
      store.write(async ({ db }) => {
        const known = (await swapsOf(db, organisation)).find(({ swap }) => swap === id);
        if (!known) return new Fault('not-found', 'There is no such swap.');
        if (!swapWays[known.state].includes(to))
          return new Fault('not-now', `This swap is ${known.state}, and cannot become ${to} from there.`);
        const { goodNights: good, neededNights: needed } = await withNights(db, known);
        if (to === 'cut-over' && good < needed && !confirmed)
          return new Fault(
            'needs-confirming',
            `Only ${good} of ${needed} nights in a row were good. Cut over all the same?`,
          );
        const cutOver = to === 'cut-over' ? { cutOver: { at: printInstant(clock.now()), by } } : {};
        await saveSwap(db, organisation, { ...known, state: to, ...cutOver });
        return undefined;
      }),
  };
}

const hasIndividual = async (db: Db, organisation: Organisation, individual: string): Promise<boolean> =>
  (await stockItems(db, organisation)).some(({ article }: StockItem) => article.individual === individual);
