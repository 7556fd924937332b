/** Pure. Software for units as it is given out by each organisation, and which group each unit belongs to. */
import type { Migration } from 'kysely';
import { drop, key, letter, made, text } from './columns.ts';

export const rollouts: Migration = {
  async up(db) {
    const table = text(text(text(made(db, 'rollouts'), 'organisation'), 'version'), 'body', letter);
    await table.addPrimaryKeyConstraint('rollouts_key', ['organisation', 'version']).execute();
    await text(key(made(db, 'update_groups'), 'unit'), 'update_group').execute();
  },
  down: drop('update_groups', 'rollouts'),
};
