/** The only SQL about calls to the gateway that needs no computer: an outbox. */
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

export interface FallbackCall {
  readonly call: string;
  readonly alarm: AlarmId;
  /** Exactly as it is sent. */
  readonly body: string;
  readonly attempts: number;
}

/** The same call twice is one. */
export async function insertFallbackCall(db: Db, one: Omit<FallbackCall, 'attempts'>, madeAt: Instant): Promise<void> {
  const { call, alarm, body } = one;
  await db
    .insertInto('fallback_calls')
    .values({ call, alarm, body, made_at: madeAt, attempts: 0, over_at: null, outcome: null })
    .onConflict((conflict) => conflict.column('call').doNothing())
    .execute();
}

/** Those that have not been answered, the oldest first. */
export async function openFallbackCalls(db: Db): Promise<readonly FallbackCall[]> {
  const rows = await db
    .selectFrom('fallback_calls')
    .select(['call', 'alarm', 'body', 'attempts'])
    .where('over_at', 'is', null)
    .orderBy('made_at')
    .execute();
  return rows.map((row) => ({ ...row, alarm: row.alarm as AlarmId }));
}

export async function countFallbackAttempt(db: Db, call: string, attempts: number): Promise<void> {
  await db.updateTable('fallback_calls').set({ attempts }).where('call', '=', call).execute();
}

export async function endFallbackCall(db: Db, call: string, at: Instant, outcome: string): Promise<void> {
  await db.updateTable('fallback_calls').set({ over_at: at, outcome }).where('call', '=', call).execute();
}

export const forgetFallbackCalls = async (db: Db, before: Instant): Promise<number> =>
  Number(
    (await db.deleteFrom('fallback_calls').where('over_at', '<', before).executeTakeFirstOrThrow()).numDeletedRows,
  );
