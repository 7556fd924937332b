/** A colleague joins an open look, or leaves it: written in the audit log, saved, and only then is the unit asked. */
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

export interface JoinLook {
  /** @param asked the X25519 key of the colleague's console, for which the unit seals a second time, and the console's proof of that key */
  join(look: LookId, asked: Asked<'joinLook'>, by: Operator): Promise<LookView | Fault>;
  leave(look: LookId, by: Operator): Promise<LookView | Fault>;
}

export function openJoining(parts: {
  readonly store: Store;
  readonly audit: Audit;
  readonly looks: Looks;
  readonly orders: Orders;
  /** Makes aliases of operators that nobody outside the relay can turn back. */
  readonly secret: string;
}): JoinLook {
  const { store, audit, looks, orders, secret } = parts;
  return {
    async join(look, { operatorKey, console }, by) {
      const known = await findLook(store.db, look);
      if (!known) return new Fault('not-found', 'There is no such look.');
      const { unit } = known.facts;
      const opener = 'opened' in known && known.opened ? known.opened.operator.name : 'nobody';
      await audit.write(by.name, 'look-joined', look, { unit, opener, operator: by.id });
      const alias = aliasOf(by.id, secret);
      const joined = await store.write((tx) => looks.join(tx, look, { id: by.id, name: by.name, alias }));
      if (joined instanceof Fault) return joined;
      const order = { look, operator: alias, operatorKey, ...(console && { console }) };
      const unreachable = joined.ask.length > 0 ? orders.give(unit, 'look-join', order) : undefined;
      if (!unreachable) return joined.view;
      await store.write((tx) => looks.leave(tx, look, by));
      return unreachable;
    },
    async leave(look, by) {
      await audit.write(by.name, 'look-left', look, { operator: by.id });
      return store.write((tx) => looks.leave(tx, look, by));
    },
  };
}
