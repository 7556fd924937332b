/** Pure. Homes that somebody is about to look into: one for each operator, until its minute or the session is over. */
import type { Migration } from 'kysely';
import { drop, key, made, number, text } from './columns.ts';

export const reservedLooks: Migration = {
  async up(db) {
    let table = text(text(key(made(db, 'reserved_looks'), 'operator'), 'who'), 'organisation');
    for (const name of ['session', 'look', 'client', 'home']) table = text(table, name);
    await number(table, 'until').execute();
  },
  down: drop('reserved_looks'),
};
