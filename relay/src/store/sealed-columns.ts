/** Every column of the database in which something is sealed: what a change of the key goes through, and a backup looks for. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { wordsOf } from './words/words-of.ts';

interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The column whose text is the `row` of what is sealed there. */
  readonly row: string;
}

export const sealedColumns: readonly SealedColumn[] = [
  { table: 'clients', column: 'sealed', row: 'client' },
  { table: 'clients', column: 'ended_why', row: 'client' },
  { table: 'decisions', column: 'body', row: 'decision' },
  { table: 'consents', column: 'body', row: 'consent' },
  { table: 'consents_withdrawn', column: 'body', row: 'consent' },
  { table: 'care_plans', column: 'body', row: 'care_plan' },
  { table: 'break_glass', column: 'words', row: 'access' },
  { table: 'scaip_receivers', column: 'password', row: 'receiver' },
];

export interface Sealed {
  readonly where: { readonly table: string; readonly column: string; readonly row: string };
  readonly sealed: string;
}

/** All that is sealed in one column. A table that an older relay has not made holds none. */
export async function sealedIn(db: Db, { table, column, row }: SealedColumn): Promise<readonly Sealed[]> {
  if (!(await wordsOf(db).hasTable(db, table))) return [];
  const { rows } = await sql<{ row: string; sealed: string }>`
    select ${sql.ref(row)} as row, ${sql.ref(column)} as sealed from ${sql.table(table)}
    where ${sql.ref(column)} is not null`.execute(db);
  return rows.map((one) => ({ where: { table, column, row: one.row }, sealed: one.sealed }));
}

export async function replaceSealed(
  db: Db,
  { table, column, row: key }: SealedColumn,
  row: string,
  sealed: string,
): Promise<void> {
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sealed} where ${sql.ref(key)} = ${row}`.execute(db);
}
