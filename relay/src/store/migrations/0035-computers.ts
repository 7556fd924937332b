/** Pure. On which computer somebody is signed in, whether it is locked there, and which computers several people use. */
import type { Migration } from 'kysely';
import { drop, key, made, maybeNumber, number, text } from './columns.ts';

export const computers: Migration = {
  async up(db) {
    let table = text(text(key(made(db, 'session_computers'), 'session'), 'operator'), 'computer');
    await maybeNumber(number(table, 'since'), 'locked_at').execute();
    table = text(number(key(made(db, 'shared_consoles'), 'console'), 'lock_minutes'), 'organisation');
    await number(text(table, 'by_whom'), 'at').execute();
  },
  down: drop('shared_consoles', 'session_computers'),
};
