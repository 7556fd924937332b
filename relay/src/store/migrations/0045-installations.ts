/** Pure. Installations by work orders: what was done and measured, until the unit was left. */
import type { Migration } from 'kysely';
import { drop, key, letter, made, number, text } from './columns.ts';

export const installations: Migration = {
  async up(db) {
    let table = text(text(key(made(db, 'installations'), 'work_order'), 'organisation'), 'unit');
    table = number(text(table, 'state'), 'paired_at');
    await text(table, 'body', letter).execute();
    await db.schema.createIndex('installations_by_unit').on('installations').columns(['unit', 'state']).execute();
  },
  down: drop('installations'),
};
