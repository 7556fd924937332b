/** A database on PostgreSQL that somebody has for itself: by a lock that PostgreSQL lets go of when this process ends, however it ends. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { Kysely, sql } from 'kysely';
import type { AnyDb } from '../engine/engine.ts';
import { postgresDialect } from './dialect.ts';
import { locks } from './locks.ts';
import type { Place } from './place.ts';

/** @throws Fault `not-now` while any node has it open */
export async function holdPostgres(place: Place): Promise<AsyncDisposable> {
  const db: AnyDb = new Kysely({ dialect: postgresDialect(place, 'alone') });
  const taken = Promise.withResolvers<boolean>();
  const over = Promise.withResolvers<void>();
  // A lock of a session: the connection is kept until it is over.
  const holding = db.connection().execute(async (one) => {
    const { rows } = await sql<{ free: number }>`select pg_try_advisory_lock(${sql.raw(locks.use)}) as free`.execute(
      one,
    );
    taken.resolve(rows[0]?.free === 1);
    await over.promise;
  });
  holding.catch(taken.reject);
  const letGo = async () => {
    over.resolve();
    await holding.catch(() => {});
    await db.destroy();
  };
  try {
    if (!(await taken.promise))
      throw new Fault('not-now', `The database ${place.name} is in use: a relay is running on it. Stop it first.`);
  } catch (cause) {
    await letGo();
    throw cause;
  }
  return { [Symbol.asyncDispose]: letGo };
}
