/** The only SQL about the alarms that this unit has raised itself: what a look for an alarm is checked against. */
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import type { Database } from './database.ts';

export interface OwnAlarm {
  readonly alarm: AlarmId;
  readonly kind: string;
  readonly began: Instant;
  readonly ended: Instant | undefined;
}

export const alarmTable = (database: Database) => ({
  began: (alarm: AlarmId, kind: string, at: Instant): void =>
    void database.run('insert into alarms (id, kind, began_at) values (?, ?, ?)', alarm, kind, at),
  ended: (alarm: AlarmId, at: Instant): void =>
    void database.run('update alarms set ended_at = ? where id = ?', at, alarm),
  find(alarm: AlarmId): OwnAlarm | undefined {
    const row = database.all('select * from alarms where id = ?', alarm)[0];
    return row && asAlarm(row);
  },
  /** The newest, ended or not: what a look for an alarm may be opened for. */
  recent: (): OwnAlarm[] => database.all('select * from alarms order by began_at desc limit 50').map(asAlarm),
  /** Those that have begun and not ended, oldest first. */
  open: (): OwnAlarm[] => database.all('select * from alarms where ended_at is null order by began_at').map(asAlarm),
  /** Alarms are the relay's to keep; the unit forgets its own after the agreed days, those that have ended. @returns how many */
  forgetBefore: (at: Instant): number =>
    database.run('delete from alarms where ended_at is not null and began_at < ?', at),
});
export type AlarmTable = ReturnType<typeof alarmTable>;

function asAlarm(row: Readonly<Record<string, unknown>>): OwnAlarm {
  return {
    alarm: String(row['id']) as AlarmId,
    kind: String(row['kind']),
    began: instant(Number(row['began_at'])),
    ended: row['ended_at'] === null ? undefined : instant(Number(row['ended_at'])),
  };
}
