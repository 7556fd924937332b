/** Opens the database, brings its schema up to date, and writes in transactions whose tellings wait for the commit. */
import { chmodSync, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Fault } from '@nattfrid/shared/fault/fault';
import { isReadOnlyDisk } from '@nattfrid/shared/process/read-only-disk';
import { Kysely, Migrator, type RawBuilder, sql } from 'kysely';
import { asCannotSave, isCannotSave, isDamage, readOnlyDisk } from './cannot-save.ts';
import { sqliteDialect } from './dialect.ts';
import { useDatabase } from './lock.ts';
import { migrations } from './migrations.ts';
import { giveToOwner } from './owner.ts';
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
  /**
   * THE way to write: all of it is saved, or nothing. A statement that has failed is never committed, also where the deed has
   * caught its error.
   *
   * @throws what the deed throws, or a Fault `cannot-save` where the disk or the file does not let it
   */
  write<Out>(deed: (tx: Tx) => Promise<Out>): Promise<Out>;
  /** Several readings of one moment. Nothing can be written in it, so that it works where nothing can be saved. */
  read<Out>(deed: (db: Db) => Promise<Out>): Promise<Out>;
  /** Bytes that the database's disk has room for. */
  freeBytes(): Promise<number>;
  /**
   * Reads each table and its indexes as they are on the disk, one after the other; other work goes on between them.
   *
   * @throws Fault `cannot-save` where one is damaged
   */
  check(): Promise<void>;
  /**
   * Told of each attempt to write: undefined where it was saved, the Fault where the disk or the file did not let it. Told as
   * well where a reading finds the file damaged.
   */
  onWrite(call: (fault: Fault | undefined) => void): Disposable;
  /** Of an error met past `write` and `read`: a Fault `cannot-save` where the disk or the file is why, anything else as it is. */
  refused(error: unknown): unknown;
}

/**
 * A database as it is, for reading alone: nothing is migrated, made or written.
 *
 * @param file path of a database. @throws Fault `file-missing`
 */
export function openToRead(file: string): Db {
  if (!existsSync(file)) throw new Fault('file-missing', `There is no database ${file}. Check the path.`);
  return new Kysely<Tables>({ dialect: sqliteDialect(file, 'read') });
}

/** @param file path of the database, made where it is missing. @throws Fault `file-unreadable`, `not-now` while it is being restored */
export async function openStore(file: string): Promise<Store> {
  return openWith(file, migrate);
}

/** As it is: of an older relay, perhaps, that is running on it. @throws as openStore, and Fault `file-missing` */
export async function openUnmigrated(file: string): Promise<Store> {
  if (!existsSync(file)) throw new Fault('file-missing', `There is no database ${file}. Check the path.`);
  return openWith(file, async () => {});
}

async function openWith(file: string, prepare: (db: Db) => Promise<void>): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(file) });
  let inUse: Disposable | undefined;
  const isNew = file !== ':memory:' && !existsSync(file);
  try {
    inUse = useDatabase(file);
    await prepare(db);
    // Clients' agreed times stand in it: for this user's eyes alone.
    if (file !== ':memory:') chmodSync(file, 0o600);
    if (isNew) giveToOwner(file, dirname(resolve(file)));
  } catch (cause) {
    await db.destroy().catch(() => {});
    inUse?.[Symbol.dispose]();
    if (cause instanceof Fault) throw cause;
    if (file !== ':memory:' && isReadOnlyDisk(dirname(resolve(file))))
      throw new Fault('file-unreadable', `The database ${file} cannot be opened: ${readOnlyDisk}.`, { cause });
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new Fault(
      'file-unreadable',
      `The database ${file} cannot be opened: ${words}. Check the path and its rights; where it is damaged, keep a copy of it and restore the newest backup: nattfrid-relay restore FILE.`,
      {
        cause,
      },
    );
  }
  const watchers = new Set<(fault: Fault | undefined) => void>();
  const refused = (error: unknown) => refusedBy(file, error);
  const told = (fault: Fault | undefined) => {
    for (const watcher of watchers) watcher(fault);
  };
  return {
    db,
    async write(deed) {
      const tellings: (() => void)[] = [];
      let out: Awaited<ReturnType<typeof deed>>;
      try {
        out = await db.transaction().execute((tx) => deed({ db: tx, after: (call) => void tellings.push(call) }));
      } catch (error) {
        const cause = refused(error);
        if (isCannotSave(cause)) told(cause as Fault);
        throw cause;
      }
      told(undefined);
      for (const tell of tellings) tell();
      return out;
    },
    async read(deed) {
      try {
        return await db.transaction().setAccessMode('read only').execute(deed);
      } catch (error) {
        const cause = refused(error);
        if (isCannotSave(cause) && isDamage(cause as Fault)) told(cause as Fault);
        throw cause;
      }
    },
    check: () => checkTables(file, db),
    freeBytes: () => freeBytes(file),
    refused,
    onWrite(call) {
      watchers.add(call);
      return { [Symbol.dispose]: () => void watchers.delete(call) };
    },
    async [Symbol.asyncDispose]() {
      await db.destroy();
      inUse?.[Symbol.dispose]();
    },
  };
}

/**
 * Everything that has been committed, into a file that is empty or not there yet. Read in one transaction, which in WAL mode
 * keeps no writer waiting; what has been deleted is left out.
 */
export async function copyInto(db: Db, file: string): Promise<void> {
  await sql`vacuum into ${file}`.execute(db);
}

async function migrate(db: Db): Promise<void> {
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (error) throw error;
  await checkPages(db);
}

const refusedBy = (file: string, error: unknown): unknown =>
  asCannotSave(error, () => file !== ':memory:' && isReadOnlyDisk(file));

async function freeBytes(file: string): Promise<number> {
  if (file === ':memory:') return Number.POSITIVE_INFINITY;
  const { bavail, bsize } = await statfs(dirname(resolve(file)));
  return bavail * bsize;
}

/**
 * Each page is read once at the start: a damaged one is found now, and not when somebody lies on the floor.
 * (`quick_check`, sqlite.org/pragma.html.)
 */
export async function checkPages(
  db: Db,
  check: RawBuilder<{ quick_check: string }> = sql`pragma quick_check(1)`,
): Promise<void> {
  const { rows } = await check.execute(db);
  const found = rows[0]?.quick_check ?? 'nothing was answered';
  // As where SQLite comes upon it by itself: SQLITE_CORRUPT.
  if (found !== 'ok') throw Object.assign(new Error(`it is damaged (${found})`), { errcode: 11 });
}

/**
 * Over a connection of its own: what this one has read before the damage it would not read again. It keeps the relay waiting
 * for one table at a time: 0.6 s for one of 100 MB (400,000 rows) with one index, on a server's core.
 */
async function checkTables(file: string, db: Db): Promise<void> {
  try {
    const fresh = file === ':memory:' ? db : openToRead(file);
    try {
      const tables = await sql<{ name: string }>`select name from sqlite_schema where type = 'table'`.execute(fresh);
      for (const { name } of tables.rows) {
        await nextTurn();
        await checkPages(fresh, sql<{ quick_check: string }>`pragma quick_check(${sql.id(name)})`);
      }
    } finally {
      if (fresh !== db) await fresh.destroy();
    }
  } catch (error) {
    throw refusedBy(file, error);
  }
}
