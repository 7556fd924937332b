/** The only SQL about the time by which the relay erases: one row. */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

export async function readSureTime(db: Db): Promise<Instant | undefined> {
  const row = await db.selectFrom('sure_time').select('at').executeTakeFirst();
  return row?.at as Instant | undefined;
}

export async function saveSureTime(db: Db, at: Instant): Promise<void> {
  await db
    .insertInto('sure_time')
    .values({ slot: 1, at })
    .onConflict((conflict) => conflict.column('slot').doUpdateSet({ at }))
    .execute();
}
