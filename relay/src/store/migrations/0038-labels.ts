/** Pure. What the label of each unit in stock says of it, but for its secret; and what units have signed when they were wiped. */
import type { Migration } from 'kysely';
import { body, drop, key, made, number, text } from './columns.ts';

export const labels: Migration = {
  async up(db) {
    let table = text(text(key(made(db, 'labels'), 'unit'), 'organisation'), 'item');
    await number(text(text(table, 'public_key'), 'door_hash'), 'added_at').execute();
    table = text(text(made(db, 'wipes'), 'unit'), 'organisation');
    await text(number(table, 'at'), 'body', body).addPrimaryKeyConstraint('wipes_key', ['unit', 'at']).execute();
  },
  down: drop('wipes', 'labels'),
};
