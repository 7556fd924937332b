/** What is older than was agreed is forgotten, once a day, and that it was is written down. */
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after } from '@nattfrid/shared/time/instant';
import type { AccessTable } from './access-table.ts';
import type { AlarmTable } from './alarm-table.ts';
import type { Database } from './database.ts';

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
  readonly log: Logger;
}): Disposable {
  const { clock, log } = given;
  const forget = () => {
    try {
      const { alarms, access } = forgetOld(given);
      if (alarms + access > 0) log.info('What was kept long enough is forgotten', { alarms, access });
    } catch (error) {
      log.error('What was kept long enough could not be forgotten', { words: asFault(error).message });
    }
  };
  forget();
  return clock.every(daily, forget);
}

function forgetOld({ database, alarms, access, keepDays, clock }: Parameters<typeof keepRetention>[0]): KeepDays {
  const now = clock.now();
  const before = (days: number) => after(now, milliseconds(-hours(24) * days));
  return database.transaction(() => {
    const gone = {
      alarms: alarms.forgetBefore(before(keepDays.alarms)),
      access: access.forgetBefore(before(keepDays.access)),
    };
    // Its own line takes no part in a transaction of its own: it is written with what it tells of, or not at all.
    if (gone.alarms + gone.access > 0)
      access.append({
        at: now,
        what: `forgotten alarms ${gone.alarms} access-lines ${gone.access}`,
        subject: 'retention',
        who: 'unit',
      });
    return gone;
  });
}
