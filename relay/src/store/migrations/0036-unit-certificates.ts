/** Pure. Units that were paired: the certificates that each has had, by which it comes in instead of by a token. */
import type { Migration } from 'kysely';
import { drop, key, made, maybeNumber, number, text } from './columns.ts';

export const unitCertificates: Migration = {
  async up(db) {
    await db.schema.alterTable('units').addColumn('paired_at', 'bigint').execute();
    let table = text(text(key(made(db, 'unit_certificates'), 'serial'), 'unit'), 'digest');
    table = number(number(table, 'from_at'), 'until_at');
    await maybeNumber(maybeNumber(table, 'came_at'), 'revoked_at').execute();
    await db.schema.createIndex('unit_certificates_unit').on('unit_certificates').column('unit').execute();
  },
  async down(db) {
    await drop('unit_certificates')(db);
    await db.schema.alterTable('units').dropColumn('paired_at').execute();
  },
};
