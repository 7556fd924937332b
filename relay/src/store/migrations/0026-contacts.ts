/** Pure. Whom clients and visitors ask, for each organisation, and what those who are concerned have answered. */
import type { Migration } from 'kysely';
import { drop, key, made, number, text } from './columns.ts';

export const contacts: Migration = {
  async up(db) {
    await text(key(made(db, 'contacts'), 'organisation'), 'body', 2048).execute();
    const answers = number(text(key(made(db, 'questionnaires'), 'answer'), 'organisation'), 'at');
    await text(answers, 'body', 2048).execute();
  },
  down: drop('questionnaires', 'contacts'),
};
