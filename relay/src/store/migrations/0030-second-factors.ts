/** Pure. Passkeys, authenticator apps and recovery codes, what their owner is to read of them, and levels for more than looks. */
import type { Migration } from 'kysely';
import { addText, body, drop, key, made, maybeNumber, maybeText, number, text } from './columns.ts';

export const secondFactors: Migration = {
  async up(db) {
    let table = text(text(key(made(db, 'passkeys'), 'passkey'), 'person'), 'name');
    table = number(text(text(table, 'credential', 1400), 'public_key', 2048), 'counter');
    await maybeNumber(number(maybeText(table, 'transports'), 'added_at'), 'used_at').execute();
    await db.schema.createIndex('passkeys_person').on('passkeys').column('person').execute();
    // `secret` is sealed under a key that is not in the database.
    table = number(text(key(made(db, 'authenticators'), 'person'), 'secret'), 'last_step');
    await number(table, 'added_at').execute();
    await text(key(made(db, 'recovery_codes'), 'hash'), 'person').execute();
    await db.schema.createIndex('recovery_codes_person').on('recovery_codes').column('person').execute();
    table = number(text(text(made(db, 'sign_in_news'), 'person'), 'what'), 'at');
    await maybeText(table, 'who').addPrimaryKeyConstraint('sign_in_news_key', ['person', 'what']).execute();
    await addText(db, 'sign_in_settings', 'levels', body);
  },
  async down(db) {
    await db.schema.alterTable('sign_in_settings').dropColumn('levels').execute();
    await drop('sign_in_news', 'recovery_codes', 'authenticators', 'passkeys')(db);
  },
};
