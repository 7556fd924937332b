/** The door to node:sqlite: what Kysely needs to speak to it. */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import { guardedDriver } from '../engine/guarded-driver.ts';
import { openStatements } from './statements.ts';

/** A commit that waits longer for another process than this fails: the unit sends again, and the relay is not frozen. */
const busyMilliseconds = 250;

/** A file that only locks are taken on: whoever does not get one at once is told so. */
export const openRaw = (file: string): { exec(statement: string): void; close(): void } =>
  new DatabaseSync(file, { timeout: 0 });

class Driver extends SqliteDriver {
  /** What writes takes the write lock at once, so that it never fails half-way because another process wrote. */
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings = {}): Promise<void> {
    const begin = settings.accessMode === 'read only' ? 'begin' : 'begin immediate';
    await connection.executeQuery(CompiledQuery.raw(begin));
  }
}

/** @param file path, or `:memory:` @param to `read`: nothing of the file is changed, nor how it is kept */
export function sqliteDialect(file: string, to: 'read' | 'write' = 'write'): Dialect {
  let raw: DatabaseSync | undefined;
  const open = (): DatabaseSync => {
    if (to === 'read') {
      raw = new DatabaseSync(file, { timeout: busyMilliseconds, readOnly: true });
      return raw;
    }
    raw = new DatabaseSync(file, { timeout: busyMilliseconds, enableForeignKeyConstraints: true });
    // FULL: an acknowledged alarm is on the disk, not in a cache, when the power goes.
    raw.exec('pragma journal_mode = wal; pragma synchronous = full;');
    return raw;
  };
  return {
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createDriver: () =>
      guardedDriver(
        new Driver({
          database: async () => {
            const opened = open();
            const prepared = openStatements(opened);
            return {
              close: () => opened.close(),
              prepare: (text) => {
                const { statement, reader } = prepared(text);
                const spread = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
                return {
                  reader,
                  all: (parameters) => statement.all(...spread(parameters)),
                  run: (parameters) => statement.run(...spread(parameters)),
                  // Its own: the same text may be asked while it is being read.
                  iterate: (parameters) => opened.prepare(text).iterate(...spread(parameters)),
                };
              },
            };
          },
        }),
        () => raw?.isTransaction ?? false,
      ),
  };
}
