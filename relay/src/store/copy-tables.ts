/** All tables of one database into another, of either engine, and made sure of: as many rows, and the same ones. */
import { createHash } from 'node:crypto';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { AnyDb } from './engine/engine.ts';
import type { Row } from './words/words.ts';
import { wordsOf } from './words/words-of.ts';

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface Copied {
  readonly tables: number;
  readonly rows: number;
}

/** Rows read at once. Of a statement's parameters PostgreSQL takes 65,535, SQLite 32,766. */
const page = 500;
const mostParameters = 30_000;

/**
 * @param from a transaction that only reads; `to` one that writes: nothing is there of a copy that is not whole
 * @param schema of the tables of `to`, on an engine that has several
 * @throws Fault `data-damaged` where what was written is not what was read
 */
export async function copyTables(from: AnyDb, to: AnyDb, schema: string | undefined): Promise<Copied> {
  const tables = await tablesOf(to, schema);
  let rows = 0;
  for (const table of tables) {
    // A step of the migrations has put something into some.
    await to.deleteFrom(table.name).execute();
    const read = await copyTable(from, to, table);
    const written = await sumOf(to, table);
    if (read.rows !== written.rows || read.sum !== written.sum)
      throw new Fault(
        'data-damaged',
        `The table ${table.name} was not copied whole: ${read.rows} rows were read, ${written.rows} were written, or they are not the same. Nothing was changed.`,
      );
    rows += read.rows;
  }
  return { tables: tables.length, rows };
}

async function tablesOf(db: AnyDb, schema: string | undefined): Promise<readonly Table[]> {
  const all = await db.introspection.getTables();
  return all
    .filter((table) => !table.isView && (schema === undefined || table.schema === schema))
    .map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name).sort() }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

async function copyTable(from: AnyDb, to: AnyDb, { name, columns }: Table): Promise<Sum> {
  const sum = openSum(columns);
  const atOnce = Math.max(1, Math.floor(mostParameters / columns.length));
  for await (const rows of wordsOf(from).pages(from, name, columns, Math.min(page, atOnce))) {
    sum.add(rows);
    await to.insertInto(name).values(rows).execute();
  }
  return sum.all();
}

async function sumOf(db: AnyDb, { name, columns }: Table): Promise<Sum> {
  const sum = openSum(columns);
  for await (const rows of wordsOf(db).pages(db, name, columns, page)) sum.add(rows);
  return sum.all();
}

interface Sum {
  readonly rows: number;
  readonly sum: bigint;
}

/** The digests of rows, added up: the same for the same rows in whatever order each engine gives them. */
function openSum(columns: readonly string[]): { add(rows: readonly Row[]): void; all(): Sum } {
  let rows = 0;
  let sum = 0n;
  return {
    add(some) {
      for (const row of some) {
        const digest = createHash('sha256').update(JSON.stringify(columns.map((column) => row[column])));
        sum = (sum + BigInt(`0x${digest.digest('hex')}`)) % 2n ** 256n;
        rows += 1;
      }
    },
    all: () => ({ rows, sum }),
  };
}
