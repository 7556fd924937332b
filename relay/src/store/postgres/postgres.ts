/** PostgreSQL: several connections, and several nodes; who writes is alone with it all the same. */
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { Kysely, sql } from 'kysely';
import { cannotSave, isCannotSave } from '../engine/cannot-save.ts';
import type { AnyDb, Engine } from '../engine/engine.ts';
import { checkTables } from './check-tables.ts';
import { postgresDialect } from './dialect.ts';
import { type Place, readPlace } from './place.ts';
import { metBy } from './reasons.ts';

/** @throws Fault `config-invalid` */
export function placeOf(address: string): Place {
  const place = readPlace(address);
  if (typeof place === 'string') throw new Fault('config-invalid', `The address of the database ${place}.`);
  return place;
}

export function postgresEngine(place: Place): Engine {
  const { name, schema } = place;
  const refused = (error: unknown): unknown => {
    const met = metBy(error);
    return met ? cannotSave(met.reason, error) : error;
  };
  return {
    name,
    schema,
    dialect: (to, told) => postgresDialect(place, to, told),
    // Each of its connections holds it.
    use: () => ({ [Symbol.dispose]: () => {} }),
    async prepare(db) {
      const { rows } = await sql<{ collate: string; ctype: string; encoding: string; version: number }>`
        select datcollate as collate, datctype as ctype, pg_encoding_to_char(encoding) as encoding,
          current_setting('server_version_num')::int as version
        from pg_database where datname = current_database()`.execute(db);
      const wrong = unfit(rows[0]);
      if (wrong) throw new Fault('config-invalid', `The database ${name} ${wrong}`);
      // Two nodes that start at once would both make it.
      await db.transaction().execute(async (tx) => {
        const there = await sql`select 1 from pg_namespace where nspname = ${schema}`.execute(tx);
        if (there.rows.length === 0) await sql`create schema ${sql.id(schema)}`.execute(tx);
      });
    },
    sound: async () => {},
    // The first connection holds it.
    opened: async (db) => void (await sql`select 1`.execute(db)),
    notOpened(cause) {
      const found = refused(cause);
      const words = isCannotSave(found) ? found.message.replace('The relay cannot save: ', '') : asFault(cause).message;
      return new Fault('file-unreadable', `The database ${name} cannot be opened: ${words}`, { cause });
    },
    refused,
    // A statement that took too long is this deed's own.
    isAtOnce: false,
    isOutage: (error) => isCannotSave(error) && error.fields['why'] !== 'no-answer',
    async check() {
      const patient: AnyDb = new Kysely({ dialect: postgresDialect(place, 'patient') });
      try {
        await checkTables(patient, schema);
      } finally {
        await patient.destroy();
      }
    },
    // Its disk is another's to look at: it says by itself when it is full.
    freeBytes: async () => Number.POSITIVE_INFINITY,
  };
}

const oldest = 150_000;

/** Texts stand in the same order, and are the same, as in SQLite: by their bytes. */
function unfit(
  found:
    | { readonly collate: string; readonly ctype: string; readonly encoding: string; readonly version: number }
    | undefined,
): string | undefined {
  if (!found) return 'does not say how it is made. Ask whoever looks after PostgreSQL.';
  if (found.version < oldest) return `is on a PostgreSQL that is too old (${found.version}). 15 is the oldest.`;
  const isC = (locale: string) => locale === 'C' || locale === 'POSIX';
  if (found.encoding === 'UTF8' && isC(found.collate) && isC(found.ctype)) return undefined;
  return `has the encoding ${found.encoding} and sorts by ${found.collate}, ${found.ctype}: the relay needs UTF8 and C. Make it anew: createdb --template=template0 --encoding=UTF8 --locale=C --owner=USER DATABASE.`;
}
