/** Pure. Alarm receiving centres, and what is to be told to each: kept until it has been taken. */
import type { Migration } from 'kysely';
import { drop, key, letter, made, maybeNumber, maybeText, number, text } from './columns.ts';

export const scaip: Migration = {
  async up(db) {
    let table = text(text(key(made(db, 'scaip_receivers'), 'receiver'), 'organisation'), 'settings', letter);
    // Sealed under a key that is not in the database.
    table = maybeNumber(maybeText(table, 'password', 1000), 'answered_at');
    table = maybeText(maybeText(maybeNumber(table, 'failing_since'), 'failing_why'), 'failing_alarm', 1000);
    await number(table, 'added_at').execute();

    table = text(text(text(key(made(db, 'scaip_outbox'), 'ref'), 'receiver'), 'subject'), 'event');
    table = text(maybeText(number(table, 'number'), 'place'), 'unit');
    table = maybeNumber(number(text(text(table, 'client'), 'state'), 'made_at'), 'done_at');
    await maybeText(maybeNumber(table, 'answer_status'), 'answer_words').execute();
    await db.schema
      .createIndex('scaip_outbox_open')
      .on('scaip_outbox')
      .columns(['state', 'receiver', 'number'])
      .execute();
  },
  down: drop('scaip_outbox', 'scaip_receivers'),
};
