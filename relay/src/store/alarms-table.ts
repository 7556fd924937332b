/** The only SQL about alarms. */
import type { AlarmId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Alarm } from '../record/alarm.ts';
import type { Db } from './database.ts';

type KnownAlarm = Exclude<Alarm, { name: 'none' }>;
const read = ({ body }: { readonly body: string }): KnownAlarm => JSON.parse(body) as KnownAlarm;

export async function findAlarm(db: Db, alarm: AlarmId): Promise<KnownAlarm | undefined> {
  const row = await db.selectFrom('alarms').select('body').where('alarm', '=', alarm).executeTakeFirst();
  return row && read(row);
}

export async function saveAlarm(db: Db, alarm: KnownAlarm): Promise<void> {
  const changing = {
    state: alarm.name,
    closed_at: alarm.name === 'closed' ? alarm.closed.at : null,
    body: JSON.stringify(alarm),
  };
  const { alarm: id, unit, receivedAt } = alarm.facts;
  await db
    .insertInto('alarms')
    .values({ alarm: id, unit, received_at: receivedAt, ...changing })
    .onConflict((conflict) => conflict.column('alarm').doUpdateSet(changing))
    .execute();
}

/** The alarms that nobody has closed, oldest first. */
export async function openAlarms(db: Db): Promise<readonly KnownAlarm[]> {
  const rows = await db
    .selectFrom('alarms')
    .select('body')
    .where('state', '!=', 'closed')
    .orderBy('received_at')
    .execute();
  return rows.map(read);
}

/** The alarms that somebody has taken and not closed. */
export async function takenAlarms(db: Db): Promise<readonly Extract<KnownAlarm, { name: 'taken' }>[]> {
  const rows = await db.selectFrom('alarms').select('body').where('state', '=', 'taken').execute();
  return rows.map(read).filter((alarm) => alarm.name === 'taken');
}

/** The open alarms of this kind from this unit, the newest first. */
export async function openAlarmsOf(db: Db, unit: UnitId, kind: string): Promise<readonly KnownAlarm[]> {
  const rows = await db
    .selectFrom('alarms')
    .select('body')
    .where('unit', '=', unit)
    .where('state', '!=', 'closed')
    .orderBy('received_at', 'desc')
    .execute();
  return rows.map(read).filter(({ facts }) => facts.kind === kind);
}

/** The alarms that are open, and the alarms that were closed since. */
export async function alarmsOnDesk(db: Db, since: Instant): Promise<readonly KnownAlarm[]> {
  const rows = await db
    .selectFrom('alarms')
    .select('body')
    .where((or) => or.or([or('state', '!=', 'closed'), or('closed_at', '>=', since)]))
    .orderBy('received_at')
    .execute();
  return rows.map(read);
}
