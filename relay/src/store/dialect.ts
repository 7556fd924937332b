/** The door to node:sqlite: what Kysely needs to speak to it. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
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
import { guardedDriver } from './guarded-driver.ts';

/** A commit that waits longer for another process than this fails: the unit sends again, and the relay is not frozen. */
const busyMilliseconds = 250;

/** A file that only locks are taken on: whoever does not get one at once is told so. */
export const openRaw = (file: string): { exec(statement: string): void; close(): void } =>
  new DatabaseSync(file, { timeout: 0 });

/** Reading a statement takes longer than most of them run. Those that were asked last are kept; SQLite itself reads one anew when the tables change. */
const mostStatements = 500;

interface Kept {
  readonly statement: StatementSync;
  /** It answers with rows. */
  readonly reader: boolean;
}

function keptStatements(database: DatabaseSync) {
  const kept = new Map<string, Kept>();
  return {
    take(text: string): Kept {
      let one = kept.get(text);
      if (one) kept.delete(text);
      else {
        const statement = database.prepare(text);
        one = { statement, reader: statement.columns().length > 0 };
      }
      // Last in the map is what was asked last.
      kept.set(text, one);
      const [oldest] = kept.keys();
      if (kept.size > mostStatements && oldest !== undefined) kept.delete(oldest);
      return one;
    },
    drop: (text: string): void => void kept.delete(text),
  };
}

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
            const statements = keptStatements(opened);
            return {
              close: () => opened.close(),
              prepare: (text) => {
                const { statement, reader } = statements.take(text);
                const spread = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
                return {
                  reader,
                  all: (parameters) => statement.all(...spread(parameters)),
                  run: (parameters) => statement.run(...spread(parameters)),
                  iterate: (parameters) => {
                    // Whoever else asks the same while these rows are read must not begin them anew.
                    statements.drop(text);
                    return statement.iterate(...spread(parameters));
                  },
                };
              },
            };
          },
        }),
        () => raw?.isTransaction ?? false,
      ),
  };
}
