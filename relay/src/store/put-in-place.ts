/** Puts what stands in a file in the place of a database on PostgreSQL, whose tables are kept aside; whatever fails before the last step has changed nothing. */
import { Kysely, sql } from 'kysely';
import { copyTables } from './copy-tables.ts';
import { openToRead } from './database.ts';
import type { AnyDb } from './engine/engine.ts';
import { migrate } from './migrate.ts';
import { placeOf, postgresEngine } from './postgres/postgres.ts';

/**
 * Whoever calls it holds the database.
 *
 * @param file up to date. @param stamp of letters, digits and `_`, in the name of the schema that the old tables are kept in
 * @returns that name; undefined: there were none
 */
export async function putInPlace(database: string, file: string, stamp: string): Promise<string | undefined> {
  const place = placeOf(database);
  const beside = postgresEngine({ ...place, schema: `${place.schema}_restoring` });
  const db: AnyDb = new Kysely({ dialect: beside.dialect('alone') });
  const from = openToRead(file);
  try {
    const drop = () => sql`drop schema if exists ${sql.id(beside.schema ?? '')} cascade`.execute(db);
    await drop();
    try {
      await beside.prepare(db);
      await migrate(db, beside.schema);
      await from
        .transaction()
        .setAccessMode('read only')
        .execute((read) => db.transaction().execute((to) => copyTables(read, to, beside.schema)));
      return await changePlaces(db, {
        now: place.schema,
        next: beside.schema ?? '',
        aside: `${place.schema}_${stamp}`,
      });
    } catch (error) {
      await drop();
      throw error;
    }
  } finally {
    await from.destroy();
    await db.destroy();
  }
}

/** In one step: there are tables at every moment. */
const changePlaces = (
  db: AnyDb,
  { now, next, aside }: { readonly now: string; readonly next: string; readonly aside: string },
): Promise<string | undefined> =>
  db.transaction().execute(async (tx) => {
    const { rows } = await sql`select 1 from pg_namespace where nspname = ${now}`.execute(tx);
    if (rows.length > 0) await sql`alter schema ${sql.id(now)} rename to ${sql.id(aside)}`.execute(tx);
    await sql`alter schema ${sql.id(next)} rename to ${sql.id(now)}`.execute(tx);
    return rows.length > 0 ? aside : undefined;
  });
