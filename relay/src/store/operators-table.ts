/** The only SQL about staff and their sessions, beside what the sign-in library does itself. */
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

/** Sessions that are not over: session > operator. */
export async function openSessions(db: Db, now: Instant): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('sessions')
    .innerJoin('operators', 'operators.id', 'sessions.userId')
    .select(['sessions.id', 'sessions.userId'])
    .where('sessions.expiresAt', '>', printInstant(now))
    .execute();
  return new Map(rows.map(({ id, userId }) => [id, userId]));
}
