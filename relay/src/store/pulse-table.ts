/** The only SQL about the pulse: one row, written to find out whether anything can be written. */
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

export async function markPulse(db: Db, at: Instant): Promise<void> {
  await db
    .insertInto('pulse')
    .values({ slot: 1, at })
    .onConflict((conflict) => conflict.column('slot').doUpdateSet({ at }))
    .execute();
}
