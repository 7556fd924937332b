/**
 * A Kysely driver that never commits a transaction in which a statement has failed, whoever has caught its error; and whose
 * rollback never hides that error.
 *
 * Both are traps of the engines: SQLite saves what follows a caught error although the transaction has been given up (a full
 * disk ends it by itself), and on PostgreSQL the commit of an aborted transaction resolves although nothing has been saved.
 */
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';

interface Guarded extends DatabaseConnection {
  readonly inner: DatabaseConnection;
  /** The first error since the transaction was begun. */
  failed: unknown;
}

const endedBefore = 'The transaction was ended by the database before it was committed.';

/** @param isOpen whether the engine has a transaction open: one that it ended itself cannot be rolled back. */
export function guardedDriver(inner: Driver, isOpen: () => boolean = () => true): Driver {
  const known = new WeakMap<DatabaseConnection, Guarded>();
  const guard = (connection: DatabaseConnection): Guarded => {
    const guarded = known.get(connection) ?? guardedConnection(connection);
    known.set(connection, guarded);
    return guarded;
  };
  return {
    init: () => inner.init(),
    acquireConnection: async () => guard(await inner.acquireConnection()),
    async beginTransaction(connection, settings) {
      (connection as Guarded).failed = undefined;
      await inner.beginTransaction((connection as Guarded).inner, settings);
    },
    async commitTransaction(connection) {
      const guarded = connection as Guarded;
      if (guarded.failed !== undefined) throw guarded.failed;
      if (!isOpen()) throw new Error(endedBefore);
      await inner.commitTransaction(guarded.inner);
    },
    async rollbackTransaction(connection) {
      const guarded = connection as Guarded;
      guarded.failed = undefined;
      if (!isOpen()) return;
      // What the caller is to hear of is why it was given up, not that giving it up failed too.
      await inner.rollbackTransaction(guarded.inner).catch(() => {});
    },
    savepoint: (connection, name, compile) => inner.savepoint!((connection as Guarded).inner, name, compile),
    async releaseSavepoint(connection, name, compile) {
      const guarded = connection as Guarded;
      if (guarded.failed !== undefined) throw guarded.failed;
      if (!isOpen()) throw new Error(endedBefore);
      await inner.releaseSavepoint!(guarded.inner, name, compile);
    },
    async rollbackToSavepoint(connection, name, compile) {
      const guarded = connection as Guarded;
      if (!isOpen()) throw new Error(endedBefore);
      await inner.rollbackToSavepoint!(guarded.inner, name, compile);
      // What failed is gone with it; what was written before it stands.
      guarded.failed = undefined;
    },
    releaseConnection: (connection) => inner.releaseConnection((connection as Guarded).inner),
    destroy: () => inner.destroy(),
  };
}

function guardedConnection(inner: DatabaseConnection): Guarded {
  const guarded: Guarded = {
    inner,
    failed: undefined,
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      try {
        return await inner.executeQuery<Row>(query);
      } catch (error) {
        guarded.failed ??= error;
        throw error;
      }
    },
    async *streamQuery<Row>(query: CompiledQuery, chunkSize: number) {
      try {
        yield* inner.streamQuery<Row>(query, chunkSize);
      } catch (error) {
        guarded.failed ??= error;
        throw error;
      }
    },
  };
  return guarded;
}
