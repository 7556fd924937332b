/** Who has a database for itself: whoever replaces it, while no relay runs on it. */
import { holdPostgres } from './postgres/hold-postgres.ts';
import { isPostgres } from './postgres/place.ts';
import { placeOf } from './postgres/postgres.ts';
import { holdFile } from './sqlite/lock.ts';

/** Held by whoever replaces the database. @throws Fault `not-now` while anybody has it open */
export async function holdDatabase(database: string): Promise<AsyncDisposable> {
  if (isPostgres(database)) return holdPostgres(placeOf(database));
  const held = holdFile(database);
  return { [Symbol.asyncDispose]: async () => held[Symbol.dispose]() };
}
