/** Pure. How units were, hour by hour, for a week: figures alone. */
import type { Migration } from 'kysely';
import { drop, made, number, text } from './columns.ts';

export const unitHours: Migration = {
  async up(db) {
    let table = number(text(made(db, 'unit_hours'), 'unit'), 'hour');
    for (const name of ['samples', 'heard', 'camera', 'clock', 'plan']) table = number(table, name);
    await table.addPrimaryKeyConstraint('unit_hours_key', ['unit', 'hour']).execute();
    await db.schema.createIndex('unit_hours_hour').on('unit_hours').column('hour').execute();
  },
  down: drop('unit_hours'),
};
