/** Pure. Whom clients and visitors ask, for each organisation. */
import type { Migration } from 'kysely';
import { drop, key, made, text } from './columns.ts';

export const contacts: Migration = {
  async up(db) {
    await text(key(made(db, 'contacts'), 'organisation'), 'body', 2048).execute();
  },
  down: drop('contacts'),
};
