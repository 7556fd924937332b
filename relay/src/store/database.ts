/** Opens the database, brings its schema up to date, and writes in transactions whose tellings wait for the commit. */
import { existsSync } from 'node:fs';
import { Fault } from '@nattfrid/shared/fault/fault';
import { Kysely } from 'kysely';
import { closed } from './closed.ts';
import { isCannotSave, isDamage } from './engine/cannot-save.ts';
import type { Engine } from './engine/engine.ts';
import { openGroupCommit } from './engine/group-commit.ts';
import { engineOf } from './engine-of.ts';
import { migrate } from './migrate.ts';
import { isPostgres } from './postgres/place.ts';
import type { Tables } from './schema.ts';

export type Db = Kysely<Tables>;

export interface Tx {
  readonly db: Db;
  /** Called once this transaction is on the disk, in order; never if it is not. Must not throw. */
  after(call: () => void): void;
}

/** Called in each writing transaction once all of it has been written. @throws where it must not be saved */
export type Guard = (db: Db) => Promise<void>;

export interface Store extends AsyncDisposable {
  /** For reading, outside a transaction. Inside one, use its own `db`: on SQLite there is one connection. */
  readonly db: Db;
  /**
   * THE way to write: all of it is saved, or nothing. Deeds that come close together share a commit. A statement that has failed is never committed, also where the deed has
   * caught its error. Nobody else writes between what a deed reads and what it writes, on any node.
   *
   * @throws what the deed throws, or a Fault `cannot-save` where the disk or the database does not let it
   */
  write<Out>(deed: (tx: Tx) => Promise<Out>): Promise<Out>;
  /** Several readings of one moment. Nothing can be written in it, so that it works where nothing can be saved. */
  read<Out>(deed: (db: Db) => Promise<Out>): Promise<Out>;
  /** Bytes that the database's disk has room for; infinite where that is not known here. */
  freeBytes(): Promise<number>;
  /**
   * Reads each table and its indexes as they are on the disk, one after the other; other work goes on between them.
   *
   * @throws Fault `cannot-save` where one is damaged
   */
  check(): Promise<void>;
  /**
   * Told of each attempt to write: undefined where it was saved, the Fault where the disk or the database did not let it. Told as
   * well where a reading finds the database damaged or away.
   */
  onWrite(call: (fault: Fault | undefined) => void): Disposable;
  /** Of an error met past `write` and `read`: a Fault `cannot-save` where the disk or the database is why, anything else as it is. */
  refused(error: unknown): unknown;
}

/**
 * A database as it is, for reading alone: nothing is migrated, made or written.
 *
 * @param database path of a file, or postgres://… @throws Fault `file-missing`
 */
export function openToRead(database: string): Db {
  mustBeThere(database);
  return new Kysely<Tables>({ dialect: engineOf(database).dialect('read') });
}

/**
 * @param database path of a file, made where it is missing, or postgres://…
 * @throws Fault `file-unreadable`, `config-invalid`, `not-now` while it is being restored
 */
export async function openStore(database: string, guard?: Guard): Promise<Store> {
  return openWith(engineOf(database), bringUpToDate, guard);
}

/** As it is: of an older relay, perhaps, that is running on it. @throws as openStore, and Fault `file-missing` */
export async function openUnmigrated(database: string): Promise<Store> {
  mustBeThere(database);
  return openWith(engineOf(database), async () => {});
}

function mustBeThere(database: string): void {
  if (!isPostgres(database) && !existsSync(database))
    throw new Fault('file-missing', `There is no database ${database}. Check the path.`);
}

/** Over a connection of its own, for which no statement takes too long. */
async function bringUpToDate(engine: Engine, db: Db): Promise<void> {
  const patient = engine.schema === undefined ? db : new Kysely<Tables>({ dialect: engine.dialect('patient') });
  try {
    await engine.prepare(patient);
    await migrate(patient, engine.schema);
  } finally {
    if (patient !== db) await patient.destroy();
  }
  await engine.sound(db);
}

/** @param prepare before anybody uses it. @throws as openStore */
export async function openWith(
  engine: Engine,
  prepare: (engine: Engine, db: Db) => Promise<void>,
  guard?: Guard,
): Promise<Store> {
  const watchers = new Set<(fault: Fault | undefined) => void>();
  const told = (fault: Fault | undefined) => {
    for (const watcher of watchers) watcher(fault);
  };
  const db = new Kysely<Tables>({ dialect: engine.dialect('write', told) });
  let inUse: Disposable | undefined;
  let isOver = false;
  const words = (error: unknown) => (isOver && !(error instanceof Fault) ? closed(error) : engine.refused(error));
  try {
    inUse = engine.use();
    await prepare(engine, db);
    await engine.opened(db);
  } catch (cause) {
    await db.destroy().catch(() => {});
    inUse?.[Symbol.dispose]();
    if (cause instanceof Fault && !isCannotSave(cause)) throw cause;
    throw engine.notOpened(cause);
  }
  const { isAtOnce, isOutage } = engine;
  const inTransaction = openGroupCommit({ db, guard: async (tx) => guard?.(tx), isAtOnce, isOutage });
  return {
    db,
    async write(deed) {
      const tellings: (() => void)[] = [];
      let out: Awaited<ReturnType<typeof deed>>;
      try {
        out = await inTransaction((tx) => deed({ db: tx, after: (call) => void tellings.push(call) }));
      } catch (error) {
        const cause = words(error);
        // One that is in our words already was told of where it was met.
        if (cause !== error && isCannotSave(cause)) told(cause);
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
        const cause = words(error);
        if (cause !== error && isCannotSave(cause) && isDamage(cause)) told(cause);
        throw cause;
      }
    },
    check: () => engine.check(db),
    freeBytes: engine.freeBytes,
    refused: words,
    onWrite(call) {
      watchers.add(call);
      return { [Symbol.dispose]: () => void watchers.delete(call) };
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      await db.destroy();
      inUse?.[Symbol.dispose]();
    },
  };
}
