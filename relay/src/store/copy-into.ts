/** Everything that has been committed at one moment, into a file of SQLite: what a backup is, of either engine. */
import { Kysely, sql } from 'kysely';
import { copyTables } from './copy-tables.ts';
import type { Db } from './database.ts';
import { migrate } from './migrate.ts';
import type { Tables } from './schema.ts';
import { sqliteDialect } from './sqlite/dialect.ts';
import { onPostgres } from './words/words-of.ts';

/**
 * Into a file that is empty or not there yet. Read in one transaction, which keeps no writer waiting, in WAL mode and on PostgreSQL;
 * what has been deleted is left out.
 *
 * @throws Fault `data-damaged` where the copy is not the same
 */
export async function copyInto(db: Db, file: string): Promise<void> {
  if (!onPostgres(db)) {
    await sql`vacuum into ${file}`.execute(db);
    return;
  }
  const copy = new Kysely<Tables>({ dialect: sqliteDialect(file) });
  try {
    await db
      .transaction()
      .setAccessMode('read only')
      .execute(async (from) => {
        // It may be an older relay's: its copy is as old.
        await migrate(copy, undefined, await lastStep(from));
        await copy.transaction().execute((to) => copyTables(from, to, undefined));
      });
    // One file, as the other engine's copy is: nothing lies beside it.
    await sql`pragma journal_mode = delete`.execute(copy);
  } finally {
    await copy.destroy();
  }
}

async function lastStep(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ last: string }>`select max(name) as last from kysely_migration`.execute(db);
  return rows[0]?.last;
}
