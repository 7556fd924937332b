/** The operator would rather have the person shown another way: written in the audit log, saved, and only then is the unit asked. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { LookId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Audit } from '../audit/audit.ts';
import { aliasOf } from '../operators/alias.ts';
import type { Orders } from '../order/order.ts';
import type { Operator } from '../record/look.ts';
import type { Store } from '../store/database.ts';
import { findLook } from '../store/looks-table.ts';
import type { Looks } from './looks.ts';

/** The unit alone decides; its answer comes later, over MQTT. */
export type WishMode = (look: LookId, wished: Asked<'wishMode'>, by: Operator) => Promise<LookView | Fault>;

export function openWishing(parts: {
  readonly store: Store;
  readonly audit: Audit;
  readonly looks: Looks;
  readonly orders: Orders;
  /** Makes aliases of operators that nobody outside the relay can turn back. */
  readonly secret: string;
}): WishMode {
  const { store, audit, looks, orders, secret } = parts;
  return async (look, { mode, console }, by) => {
    const known = await findLook(store.db, look);
    if (!known) return new Fault('not-found', 'There is no such look.');
    const { unit } = known.facts;
    await audit.write(by.name, 'look-mode-wished', look, { unit, mode, operator: by.id });
    const wished = await store.write((tx) => looks.wish(tx, look, mode, by));
    if (wished instanceof Fault) return wished;
    const order = { look, operator: aliasOf(by.id, secret), mode, console };
    const unreachable = wished.ask.length > 0 ? orders.give(unit, 'look-wish', order) : undefined;
    if (!unreachable) return wished.view;
    await store.write((tx) => looks.wishLost(tx, look));
    return unreachable;
  };
}
