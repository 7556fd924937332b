/** The only SQL about what has been received: the ids of messages, so that one sent twice counts once. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

/** @returns whether it is new */
export async function noteReceived(db: Db, id: string, unit: UnitId, name: string, at: Instant): Promise<boolean> {
  const result = await db
    .insertInto('received')
    .values({ id, unit, name, at })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** No unit keeps a message for so long: only then may its id be forgotten. @returns how many */
export async function forgetReceived(db: Db, before: Instant): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('received').where('at', '<', before).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
