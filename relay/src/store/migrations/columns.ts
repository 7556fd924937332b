/** Pure. How columns of each kind are made: every text has a bound, and no column is a blob or long enough for a picture. */
import { type CreateTableBuilder, type Kysely, sql } from 'kysely';

/** Longest text a column takes, in characters. */
export const short = 200;
export const letter = 64 * 1024;
export const body = 8 * 1024;
export const outlines = 16 * 1024;

export type Table = CreateTableBuilder<string, string>;

export const made = (db: Kysely<unknown>, name: string): Table => db.schema.createTable(name) as Table;
export const text = (table: Table, name: string, longest: number = short): Table =>
  table.addColumn(name, 'text', (column) => column.notNull().check(bound(name, longest)));
export const maybeText = (table: Table, name: string, longest: number = short): Table =>
  table.addColumn(name, 'text', (column) => column.check(bound(name, longest)));
export const key = (table: Table, name: string): Table =>
  table.addColumn(name, 'text', (column) => column.primaryKey().notNull().check(bound(name, short)));
export const number = (table: Table, name: string): Table =>
  table.addColumn(name, 'bigint', (column) => column.notNull());
export const maybeNumber = (table: Table, name: string): Table => table.addColumn(name, 'bigint');
export const bound = (name: string, longest: number) => sql`length(${sql.ref(name)}) <= ${sql.lit(longest)}`;

/** Another column of a table that there is, empty at first. */
export const addText = (db: Kysely<unknown>, table: string, name: string, longest: number = short): Promise<void> =>
  db.schema
    .alterTable(table)
    .addColumn(name, 'text', (column) => column.check(bound(name, longest)))
    .execute();

export const drop =
  (...names: readonly string[]) =>
  async (db: Kysely<unknown>): Promise<void> => {
    for (const name of names) await db.schema.dropTable(name).execute();
  };
