/** Opens the database, brings its schema up to date, and writes in transactions whose tellings wait for the commit. */
import { chmodSync } from 'node:fs';
import { Fault } from '@nattfrid/shared/fault/fault';
import { Kysely, Migrator } from 'kysely';
import { sqliteDialect } from './dialect.ts';
import { migrations } from './migrations.ts';
import type { Tables } from './schema.ts';

export type Db = Kysely<Tables>;

export interface Tx {
  readonly db: Db;
  /** Called once this transaction is on the disk, in order; never if it is not. Must not throw. */
  after(call: () => void): void;
}

export interface Store extends AsyncDisposable {
  /** For reading, outside a transaction. Inside one, use its own `db`: there is one connection. */
  readonly db: Db;
  /** All of it is saved, or nothing. @throws what the deed throws, or a Fault where it cannot be saved. */
  write<Out>(deed: (tx: Tx) => Promise<Out>): Promise<Out>;
}

/** @param file path of the database, made where it is missing. @throws Fault `file-unreadable` */
export async function openStore(file: string): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(file) });
  try {
    const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
    if (error) throw error;
    // Clients' agreed times stand in it: for this user's eyes alone.
    if (file !== ':memory:') chmodSync(file, 0o600);
  } catch (cause) {
    await db.destroy().catch(() => {});
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new Fault(
      'file-unreadable',
      `The database ${file} cannot be opened: ${words}. Check the path and its rights.`,
      {
        cause,
      },
    );
  }
  return {
    db,
    async write(deed) {
      const tellings: (() => void)[] = [];
      const out = await db.transaction().execute((tx) => deed({ db: tx, after: (call) => void tellings.push(call) }));
      for (const tell of tellings) tell();
      return out;
    },
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}
