/** Opens the unit's database, migrates it, and runs transactions; the only file of the agent that knows SQLite. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Fault } from '@nattfrid/shared/fault/fault';
import { migrations } from './migrations.ts';

export type Row = Readonly<Record<string, string | number | bigint | Uint8Array | null>>;

export interface Database extends Disposable {
  run(sql: string, ...values: SQLInputValue[]): void;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  /** All or nothing: on disk when it returns (synchronous=FULL). */
  transaction<Result>(work: () => Result): Result;
}

/**
 * @param file its folder is made when missing; «:memory:» for tests that need no power cut.
 * @throws Fault `file-unreadable` when it is no database, or one of a newer version.
 */
export function openDatabase(file: string): Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const inner = open(file);
  const database: Database = {
    run: (sql, ...values) => void inner.prepare(sql).run(...values),
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
    [Symbol.dispose]: () => inner.close(),
  };
  migrate(database, file);
  return database;
}

function open(file: string): DatabaseSync {
  try {
    const inner = new DatabaseSync(file, { timeout: 5000 });
    inner.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;');
    return inner;
  } catch (cause) {
    throw new Fault('file-unreadable', `The unit's database ${file} cannot be opened. Move it away to begin anew.`, {
      cause,
    });
  }
}

function migrate(database: Database, file: string): void {
  const had = Number(database.all('pragma user_version')[0]?.['user_version'] ?? 0);
  if (had > migrations.length)
    throw new Fault('file-unreadable', `The unit's database ${file} was written by a newer version (${had}).`);
  migrations.slice(had).forEach((sql, index) => {
    database.transaction(() => {
      for (const statement of sql) database.run(statement);
      database.run(`pragma user_version = ${had + index + 1}`);
    });
  });
}
