/** The only SQL about the times at which somebody had to go to a home instead of a look. */
import type { ClientAlias, VisitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

/** Which of these have led to a visit already. */
export async function knownPhysicalVisits(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom('physical_visits').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}

export async function insertPhysicalVisit(
  db: Db,
  one: { readonly id: string; readonly alias: ClientAlias; readonly visit: VisitId; readonly at: Instant },
): Promise<void> {
  await db.insertInto('physical_visits').values(one).execute();
}
