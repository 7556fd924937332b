/** What is older than was agreed is forgotten, once a day, and that it was is written down. */
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, days, hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, printInstant } from '@nattfrid/shared/time/instant';
import { sureTime } from '@nattfrid/shared/time/sure-time';
import type { AccessTable } from './access-table.ts';
import type { AlarmTable } from './alarm-table.ts';
import type { Database } from './database.ts';
import { sureTimeTable } from './sure-time-table.ts';

export interface KeepDays {
  readonly alarms: number;
  readonly access: number;
}

const daily = hours(24);

/** At once, and then once a day. */
export function keepRetention(given: {
  readonly database: Database;
  readonly alarms: AlarmTable;
  readonly access: AccessTable;
  readonly keepDays: KeepDays;
  readonly clock: Clock;
  /** The relay's clock says the same as the unit's. */
  readonly agreed: () => boolean;
  readonly log: Logger;
}): Disposable {
  const { clock, log, database, agreed } = given;
  const sure = sureTimeTable(database);
  let counted: Duration | undefined;
  const now = (): Instant => {
    const passed = counted === undefined ? undefined : milliseconds(clock.steady() - counted);
    const { at, ahead } = sureTime(sure.last(), { wall: clock.now(), passed, agreed: agreed() });
    sure.keep(at);
    counted = clock.steady();
    if (ahead !== undefined)
      log.error('The clock is far ahead of the time that has gone by: nothing is forgotten by it', {
        aheadByDays: Math.round(ahead / days(1)),
        forgetsBy: printInstant(at),
      });
    return at;
  };
  const forget = () => {
    try {
      const { alarms, access } = forgetOld(given, now());
      if (alarms + access > 0) log.info('What was kept long enough is forgotten', { alarms, access });
    } catch (error) {
      log.error('What was kept long enough could not be forgotten', { words: asFault(error).message });
    }
  };
  forget();
  return clock.every(daily, forget);
}

/** @param now by a clock that is sure */
function forgetOld(
  { database, alarms, access, keepDays, clock }: Parameters<typeof keepRetention>[0],
  now: Instant,
): KeepDays {
  const before = (days: number) => after(now, milliseconds(-hours(24) * days));
  return database.transaction(() => {
    const gone = {
      alarms: alarms.forgetBefore(before(keepDays.alarms)),
      access: access.forgetBefore(before(keepDays.access)),
    };
    // Its own line takes no part in a transaction of its own: it is written with what it tells of, or not at all.
    if (gone.alarms + gone.access > 0)
      access.append({
        at: clock.now(),
        what: `forgotten alarms ${gone.alarms} access-lines ${gone.access}`,
        subject: 'retention',
        who: 'unit',
      });
    return gone;
  });
}
