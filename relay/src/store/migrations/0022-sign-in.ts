/** Pure. How an organisation's people sign in elsewhere, and how sure it is who has. */
import type { Migration } from 'kysely';
import { body, drop, key, made, maybeText, number } from './columns.ts';

export const signIn: Migration = {
  async up(db) {
    // `secret` is sealed under a key that is not in the database.
    const table = maybeText(
      maybeText(key(made(db, 'sign_in_settings'), 'organisation'), 'provider', body),
      'secret',
      1000,
    );
    await number(table, 'look_assurance').execute();
    await db.schema.alterTable('sessions').addColumn('assurance', 'bigint').execute();
  },
  async down(db) {
    await db.schema.alterTable('sessions').dropColumn('assurance').execute();
    await drop('sign_in_settings')(db);
  },
};
