/** The only SQL about alarms that stand behind the card of another: kept like any other, and not on the desk one by one. */
import type { AlarmReport } from '@nattfrid/shared/domain/alarm';
import type { AlarmId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

export interface HeldAlarm {
  readonly unit: UnitId;
  /** The alarm whose card tells of it. */
  readonly into: AlarmId;
  readonly receivedAt: Instant;
  readonly report: Omit<AlarmReport, 'camera'>;
}

export async function findHeldAlarm(db: Db, alarm: AlarmId): Promise<HeldAlarm | undefined> {
  const row = await db.selectFrom('held_alarms').selectAll().where('alarm', '=', alarm).executeTakeFirst();
  if (!row) return undefined;
  return {
    unit: row.unit as UnitId,
    into: row.into_alarm as AlarmId,
    receivedAt: row.received_at as Instant,
    report: JSON.parse(row.body) as HeldAlarm['report'],
  };
}

/** So much is kept of an alarm that cannot be read, in characters. */
const longestUnread = 8000;

/** An alarm that cannot be read, as it came. @param letter its id */
export async function saveUnreadAlarm(
  db: Db,
  letter: string,
  { unit, into, receivedAt, text }: Omit<HeldAlarm, 'report'> & { readonly text: string },
): Promise<void> {
  const body = text.slice(0, longestUnread);
  await db
    .insertInto('held_alarms')
    .values({ alarm: letter, unit, into_alarm: into, received_at: receivedAt, body })
    .onConflict((conflict) => conflict.column('alarm').doNothing())
    .execute();
}

export async function saveHeldAlarm(db: Db, { unit, into, receivedAt, report }: HeldAlarm): Promise<void> {
  const body = JSON.stringify(report);
  await db
    .insertInto('held_alarms')
    .values({ alarm: report.alarm, unit, into_alarm: into, received_at: receivedAt, body })
    .onConflict((conflict) => conflict.column('alarm').doUpdateSet({ body }))
    .execute();
}
