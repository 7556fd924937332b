/** The only SQL by which alarms, looks, visits and sessions are forgotten. Each tells how many. */
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import { sql } from 'kysely';
import type { Db } from './database.ts';

const many = (result: { readonly numDeletedRows: bigint }): number => Number(result.numDeletedRows);

/** With those that stood behind their cards. */
export async function forgetClosedAlarms(db: Db, before: Instant): Promise<number> {
  const closed = db.deleteFrom('alarms').where('state', '=', 'closed').where('closed_at', '<', before);
  const alarms = many(await closed.executeTakeFirstOrThrow());
  const cards = db.selectFrom('alarms').select('alarm');
  const held = db.deleteFrom('held_alarms').where('received_at', '<', before).where('into_alarm', 'not in', cards);
  return alarms + many(await held.executeTakeFirstOrThrow());
}

export const forgetDoneLooks = async (db: Db, before: Instant): Promise<number> =>
  many(
    await db.deleteFrom('looks').where('state', '=', 'done').where('done_at', '<', before).executeTakeFirstOrThrow(),
  );

export const forgetDoneVisits = async (db: Db, before: Instant): Promise<number> =>
  many(
    await db.deleteFrom('visits').where('state', '=', 'done').where('done_at', '<', before).executeTakeFirstOrThrow(),
  );

/** The table is the sign-in library's, which keeps times as text. */
export async function forgetEndedSessions(db: Db, before: Instant): Promise<number> {
  const result = await sql`delete from sessions where "expiresAt" < ${printInstant(before)}`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}
