/** Pure. What a technician is to do in which home, and the tickets by which a unit is paired for it. */
import type { Migration } from 'kysely';
import { body, drop, key, made, maybeNumber, maybeText, number, text } from './columns.ts';

export const workOrders: Migration = {
  async up(db) {
    let table = text(text(key(made(db, 'work_orders'), 'work_order'), 'organisation'), 'state');
    await text(number(table, 'made_at'), 'body', body).execute();
    await db.schema.createIndex('work_orders_organisation').on('work_orders').column('organisation').execute();
    table = text(text(key(made(db, 'pairing_tickets'), 'ticket'), 'work_order'), 'unit');
    table = text(text(text(table, 'organisation'), 'operator'), 'session');
    table = maybeNumber(number(table, 'made_at'), 'used_at');
    await maybeText(text(text(table, 'state'), 'body', body), 'why').execute();
  },
  down: drop('pairing_tickets', 'work_orders'),
};
