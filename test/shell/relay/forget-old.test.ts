/** What is older than was agreed is forgotten by a relay, which says so in the audit log; what waits for a person stays. */
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay } from '@nattfrid/relay/relay';
import { silent } from '@nattfrid/shared/log/logger';
import { hours, minutes } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it, vi } from 'vitest';
import { aFall } from '../../support/relay-samples.ts';
import { openSite, orThrow } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

it('closed alarms, finished visits, ids of messages and ended sessions are forgotten after their days, not before', async () => {
  const began = instant(Date.now());
  const clock = movedClock(began);
  await using site = await openSite({ clock });
  const anna = await site.person('Anna', 'operator');
  const home = await site.unit('unit-1');
  {
    await using unit = await connectUnit(site.relay, home, { over: 'tcp' });
    const [closed, open] = [aFall(), aFall()];
    for (const fall of [closed, open]) await unit.say('alarm-report', fall);
    await anna.call('closeAlarm', { alarm: closed.alarm }, { verdict: 'help-needed' });
    const [visit] = (await anna.desk()).visits;
    await anna.call('moveVisit', { visit: visit!.visit }, { to: 'done', outcome: 'well' });
  }
  await site.relay[Symbol.asyncDispose]();

  const count = () => {
    const database = new DatabaseSync(site.database, { readOnly: true });
    const of = (table: string) => Number(database.prepare(`select count(*) as many from ${table}`).get()?.['many']);
    const counts = ['alarms', 'visits', 'received', 'sessions'].map(of);
    const [last] = database
      .prepare("select details from audit where what = 'old-forgotten' order by number desc")
      .all();
    database.close();
    return { counts, told: last && JSON.parse(String(last['details'])) };
  };
  /** A relay over the same disk, so many days later. */
  const later = async (days: number, expected: ReturnType<typeof count>) => {
    const around = {
      clock: movedClock(instant(began + days * hours(24) + minutes(1))),
      log: silent,
      newId: randomUUID,
    };
    await using _relay = await openRelay(orThrow(checkSettings(site.settings)), around);
    await vi.waitFor(() => expect(count()).toEqual(expected));
  };
  await later(0, { counts: [2, 1, 2, 1], told: undefined });
  await later(89, { counts: [2, 1, 2, 0], told: { sessions: '1' } });
  await later(91, { counts: [2, 1, 0, 0], told: { received: '2' } });
  await later(401, { counts: [1, 0, 0, 0], told: { alarms: '1', visits: '1' } });
});
