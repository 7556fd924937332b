/** Pure. What was opened beyond roles, by two people. */
import type { Migration } from 'kysely';
import { drop, key, made, maybeNumber, maybeText, number, outlines, text } from './columns.ts';

export const breakGlass: Migration = {
  async up(db) {
    let table = text(text(text(key(made(db, 'break_glass'), 'access'), 'organisation'), 'client'), 'state');
    table = maybeNumber(maybeNumber(number(table, 'asked_at'), 'ended_at'), 'reviewed_at');
    await text(maybeText(table, 'words', 2048), 'body', outlines).execute();
    await db.schema
      .createIndex('break_glass_by_time')
      .on('break_glass')
      .columns(['organisation', 'asked_at'])
      .execute();
  },
  down: drop('break_glass'),
};
