/** Pure. Months as they are kept, checklists in their versions and as they are filled in, and exercises that people have done. */
import type { Migration } from 'kysely';
import { body, drop, key, made, maybeNumber, number, outlines, text } from './columns.ts';

export const monthsAndTraining: Migration = {
  async up(db) {
    let table = number(text(text(made(db, 'months'), 'organisation'), 'month'), 'made_at');
    table = text(maybeNumber(table, 'opened_at'), 'body', body);
    await table.addPrimaryKeyConstraint('months_key', ['organisation', 'month']).execute();

    table = number(text(text(made(db, 'checklists'), 'organisation'), 'kind'), 'version');
    table = text(table, 'body', outlines);
    await table.addPrimaryKeyConstraint('checklists_key', ['organisation', 'kind', 'version']).execute();

    table = number(text(key(made(db, 'filled_checklists'), 'filled'), 'organisation'), 'begun_at');
    await text(table, 'body', outlines).execute();

    table = text(text(key(made(db, 'exercises'), 'run'), 'organisation'), 'operator');
    await text(number(table, 'begun_at'), 'body', body).execute();
  },
  down: drop('exercises', 'filled_checklists', 'checklists', 'months'),
};
