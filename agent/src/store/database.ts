/** Opens the unit's database, migrates it, runs transactions, and mends it where it is damaged. */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Instant } from '@nattfrid/shared/time/instant';
import { damageOf, type Mended, mend } from './mend.ts';
import { migrations } from './migrations.ts';
import { keepPrivate } from './private-files.ts';
import { isDamage } from './sqlite-code.ts';

export type Row = Readonly<Record<string, string | number | bigint | Uint8Array | null>>;

export interface Database extends Disposable {
  /** @returns how many rows it has changed */
  run(sql: string, ...values: SQLInputValue[]): number;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  /** All or nothing: on disk when it returns (synchronous=FULL). */
  transaction<Result>(work: () => Result): Result;
  /** Writes, and changes nothing; throws as any other write. */
  touch(): void;
  /**
   * Reads it through, and where it is damaged goes on with a new one, into which what is whole was carried. @returns undefined: it is whole
   * @throws Fault `data-damaged` where not even its key could be read; it goes on with the damaged one then
   */
  mend(at: Instant): Mended | undefined;
}

/**
 * @param file its folder is made when missing, readable by nobody else; «:memory:» for tests that need no power cut.
 * @throws Fault `file-unreadable` when it is no database, or one of a newer version.
 */
export function openDatabase(file: string): Database {
  return wrap(openCurrent(file), file);
}

/**
 * As `openDatabase`, but read through first, and mended where it is damaged.
 * @throws Fault `data-damaged` where not even its key can be read
 */
export function openWhole(file: string, at: Instant, mended: (how: Mended) => void): Database {
  try {
    const database = openDatabase(file);
    const how = database.mend(at);
    if (how) mended(how);
    return database;
  } catch (error) {
    if (!isDamage(error)) throw error;
    mended(mend(file, at, openCurrent));
    return openDatabase(file);
  }
}

function wrap(opened: DatabaseSync, file: string): Database {
  let inner = opened;
  return {
    run: (sql, ...values) => Number(inner.prepare(sql).run(...values).changes),
    all: (sql, ...values) => inner.prepare(sql).all(...values) as Row[],
    transaction(work) {
      inner.exec('begin immediate');
      try {
        const result = work();
        inner.exec('commit');
        return result;
      } catch (error) {
        // A disk that is full has ended it already; what is to be heard of is the cause.
        if (inner.isTransaction) inner.exec('rollback');
        throw error;
      }
    },
    touch() {
      inner.exec(`pragma user_version = ${migrations.length}`);
    },
    mend(at) {
      if (!isDamaged(inner)) return undefined;
      closeAnyhow(inner);
      try {
        return mend(file, at, openCurrent);
      } finally {
        inner = open(file);
      }
    },
    [Symbol.dispose]: () => closeAnyhow(inner),
  };
}

function isDamaged(inner: DatabaseSync): boolean {
  try {
    return damageOf(inner) !== undefined;
  } catch (error) {
    if (isDamage(error)) return true;
    throw error;
  }
}

function closeAnyhow(inner: DatabaseSync): void {
  try {
    inner.close();
  } catch (error) {
    // What could not be put in its place is found beside the database when it is opened next.
    asFault(error);
  }
}

function openCurrent(file: string): DatabaseSync {
  const inner = open(file);
  try {
    migrate(inner, file);
    return inner;
  } catch (error) {
    closeAnyhow(inner);
    throw error;
  }
}

function open(file: string): DatabaseSync {
  try {
    if (file !== ':memory:') keepPrivate(file);
    const inner = new DatabaseSync(file, { timeout: 5000 });
    inner.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;');
    return inner;
  } catch (cause) {
    throw new Fault('file-unreadable', `The unit's database ${file} cannot be opened. Move it away to begin anew.`, {
      cause,
    });
  }
}

const versionOf = (inner: DatabaseSync): number =>
  Number(inner.prepare('pragma user_version').get()?.['user_version'] ?? 0);

function migrate(inner: DatabaseSync, file: string): void {
  const had = versionOf(inner);
  if (had > migrations.length)
    throw new Fault('file-unreadable', `The unit's database ${file} was written by a newer version (${had}).`);
  // Another program may open it for the first time at this moment: what that one has made is not made again.
  for (let version = had; version < migrations.length; version = versionOf(inner)) {
    inner.exec('begin immediate');
    const now = versionOf(inner);
    const sql = migrations[now];
    if (sql) inner.exec([...sql, `pragma user_version = ${now + 1}`].join(';\n'));
    inner.exec('commit');
  }
}
