/** Pure. Checks of the log, and why alarms came to nothing. */
import type { Migration } from 'kysely';
import { body, drop, key, made, maybeNumber, maybeText, number, text } from './columns.ts';

export const followUp: Migration = {
  async up(db) {
    let table = text(text(text(key(made(db, 'log_checks'), 'check_id'), 'organisation'), 'from_day'), 'until_day');
    table = maybeNumber(text(number(table, 'made_at'), 'made_by'), 'signed_off_at');
    await text(maybeText(table, 'signed_off_by'), 'body', body).execute();
    table = text(text(made(db, 'log_check_accesses'), 'check_id'), 'access');
    table = text(number(table, 'line'), 'body', 2048);
    await table.addPrimaryKeyConstraint('log_check_accesses_key', ['check_id', 'access']).execute();
    await text(text(number(key(made(db, 'alarm_labels'), 'alarm'), 'at'), 'reason'), 'by_whom').execute();
  },
  down: drop('alarm_labels', 'log_check_accesses', 'log_checks'),
};
