/** Units come into stock by what their labels say, but for the secret: name, public key, and a hash of the door key. */
import { randomUUID } from 'node:crypto';
import { isTraining, type Organisation } from '@nattfrid/shared/desk/organisation';
import type { NewLabel } from '@nattfrid/shared/desk/stock-view';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Audit } from '../audit/audit.ts';
import { stockItemMachine } from '../record/stock-item.ts';
import type { Store } from '../store/database.ts';
import { findLabel, insertLabel } from '../store/labels-table.ts';
import { saveStockItem, stockItems } from '../store/stock-table.ts';
import { stepped } from './work-orders.ts';

/** Who does it, in the audit log. */
interface By {
  readonly name: string;
  readonly id?: string;
}

/**
 * All of them, or none. One that is in stock already under its individual number gets its new label: it has been wiped with the old one.
 *
 * @returns how many, or why not
 */
export async function addLabels(
  { store, audit, clock }: { readonly store: Store; readonly audit: Audit; readonly clock: Clock },
  by: By,
  organisation: Organisation,
  { labels, location }: { readonly labels: readonly NewLabel[]; readonly location: string },
): Promise<number | Fault> {
  if (isTraining(organisation)) return new Fault('request-invalid', 'A training organisation has no stock.');
  const names = labels.map(({ unit }) => unit);
  if (new Set(names).size < names.length) return new Fault('request-invalid', 'Two labels are of the same unit.');
  await audit.write(by.name, 'labels-added', location, {
    count: String(labels.length),
    units: names.join(' ').slice(0, 2000),
    ...(by.id && { operator: by.id }),
  });
  const refused = await stepped(store, async ({ db }) => {
    const items = await stockItems(db, organisation);
    for (const { unit, publicKey, doorHash, article } of labels) {
      const known = await findLabel(db, unit);
      if (known && (known.organisation !== organisation || known.publicKey !== publicKey))
        throw new Fault('already-there', `There is already a unit ${unit} in a stock, with another key.`);
      const there = items.find((one) => one.article.individual === article.individual);
      if (there && !['in-stock', 'reserved'].includes(there.state))
        throw new Fault('not-now', `${article.individual} is ${there.state}: move it to «in stock» first.`);
      const item = there?.item ?? randomUUID();
      if (!there) {
        const came = { type: 'came', item, article, location, by: by.name, at: clock.now() } as const;
        const [next] = stockItemMachine.step(stockItemMachine.initial, came);
        if (next.state !== 'none') await saveStockItem(db, organisation, { ...next, identity: { unit, publicKey } });
      } else await saveStockItem(db, organisation, { ...there, identity: { unit, publicKey } });
      await insertLabel(db, { unit, organisation, item, publicKey, doorHash, addedAt: clock.now() });
    }
  });
  return refused ?? labels.length;
}
