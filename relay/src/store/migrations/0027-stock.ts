/** Pure. Units that are handed out, where they lie, and homes that get a new one. */
import type { Migration } from 'kysely';
import { body, drop, key, made, number, outlines, text } from './columns.ts';

export const stock: Migration = {
  async up(db) {
    let table = text(text(key(made(db, 'stock_items'), 'item'), 'organisation'), 'individual');
    table = text(text(table, 'state'), 'body', outlines);
    await table.addUniqueConstraint('stock_items_individual', ['organisation', 'individual']).execute();
    table = number(text(text(made(db, 'stock_locations'), 'organisation'), 'location'), 'least');
    await table.addPrimaryKeyConstraint('stock_locations_key', ['organisation', 'location']).execute();
    await text(text(key(made(db, 'swaps'), 'swap'), 'organisation'), 'body', body).execute();
  },
  down: drop('swaps', 'stock_locations', 'stock_items'),
};
