/** Pure. Checks of the log, and why alarms came to nothing. */
import type { Migration } from 'kysely';
import { drop, key, letter, made, maybeNumber, maybeText, number, text } from './columns.ts';

/** A check of a month with every access that stood out. */
const longestCheck = 16 * letter;

export const followUp: Migration = {
  async up(db) {
    let table = text(text(text(key(made(db, 'log_checks'), 'check_id'), 'organisation'), 'from_day'), 'until_day');
    table = maybeNumber(text(number(table, 'made_at'), 'made_by'), 'signed_off_at');
    await text(maybeText(table, 'signed_off_by'), 'body', longestCheck).execute();
    await text(text(number(key(made(db, 'alarm_labels'), 'alarm'), 'at'), 'reason'), 'by_whom').execute();
  },
  down: drop('alarm_labels', 'log_checks'),
};
