/** Reads every table of a database on PostgreSQL once, whole: a damaged page is found before it is needed. */
import { sql } from 'kysely';
import type { AnyDb } from '../engine/engine.ts';

/**
 * A sequential reading meets each page of the table, and its checksum where the cluster was made with them (`initdb -k`); values
 * that are kept apart (TOAST) are read by their length. Indexes are amcheck's (docs/operating.md).
 */
export async function checkTables(db: AnyDb, schema: string): Promise<void> {
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = ${schema} order by tablename`.execute(db);
  for (const { name } of tables.rows)
    await sql`select count(octet_length(one::text)) as many from ${sql.id(schema, name)} one`.execute(db);
}
