/** Pure. How units are by their own word, what technicians have asked of them, and test alarms on their way. */
import type { Migration } from 'kysely';
import { drop, key, letter, made, maybeNumber, maybeText, number, text } from './columns.ts';

export const serve: Migration = {
  async up(db) {
    let table = text(text(made(db, 'unit_checks'), 'unit'), 'name');
    table = maybeText(text(text(table, 'state'), 'code'), 'figures', 2000);
    table = maybeText(maybeText(number(number(table, 'at'), 'since'), 'owner'), 'owner_name');
    await maybeNumber(table, 'owned_at').addPrimaryKeyConstraint('unit_checks_key', ['unit', 'name']).execute();
    table = maybeText(maybeText(key(made(db, 'unit_sealing'), 'unit'), 'sealing_key'), 'sealing_proof');
    await table.execute();
    table = text(text(text(made(db, 'unit_calls'), 'unit'), 'type'), 'call');
    table = maybeNumber(maybeText(text(number(table, 'at'), 'by_whom'), 'answer', letter), 'answered_at');
    await table.addPrimaryKeyConstraint('unit_calls_key', ['unit', 'type']).execute();
    table = number(text(text(key(made(db, 'test_alarms'), 'alarm'), 'unit'), 'call'), 'raised_at');
    await maybeText(maybeText(maybeNumber(table, 'taken_at'), 'taken_by'), 'taken_by_id').execute();
  },
  down: drop('test_alarms', 'unit_calls', 'unit_sealing', 'unit_checks'),
};
