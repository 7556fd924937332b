/** What is older than was agreed is forgotten by a relay, which says so in the audit log; what waits for a person stays. */
import { randomUUID } from 'node:crypto';
import { openAudit } from '@nattfrid/relay/audit/audit';
import { checkSettings } from '@nattfrid/relay/config/load';
import { manageCommands } from '@nattfrid/relay/manage/manage';
import { openRelay } from '@nattfrid/relay/relay';
import { openStore } from '@nattfrid/relay/store/database';
import { saveSureTime } from '@nattfrid/relay/store/sure-time-table';
import { silent } from '@nattfrid/shared/log/logger';
import { type Duration, days, hours, milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it, vi } from 'vitest';
import { openDisk } from '../../support/disk.ts';
import { signIn } from '../../support/person.ts';
import { aFall, vitals } from '../../support/relay-samples.ts';
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
    await anna.call('beginExercise', {}, { exercise: 'make-visit' });
    await anna.call('beginChecklist', {}, { kind: 'look', unit: home.unit });
    const [visit] = (await anna.desk()).visits;
    await anna.call('moveVisit', { visit: visit!.visit }, { to: 'done', outcome: 'well' });
  }
  await site.relay[Symbol.asyncDispose]();

  /** A relay that has gone on all the time: it is sure of its clock. */
  const sure = async (at: Instant) => {
    await using store = await openStore(site.database);
    await store.write(({ db }) => saveSureTime(db, at));
  };
  const count = () => {
    const database = openDisk(site.database, { readOnly: true });
    const of = (table: string) => Number(database.prepare(`select count(*) as many from ${table}`).get()?.['many']);
    const counts = ['alarms', 'visits', 'received', 'sessions', 'exercises', 'filled_checklists'].map(of);
    const [last] = database
      .prepare("select details from audit where what = 'old-forgotten' order by number desc")
      .all();
    database.close();
    return { counts, told: last && JSON.parse(String(last['details'])) };
  };
  /** A relay over the same disk, so many days later. */
  const later = async (many: number, expected: ReturnType<typeof count>) => {
    await sure(instant(began + days(many)));
    const around = {
      clock: movedClock(instant(began + days(many) + minutes(1))),
      log: silent,
      newId: randomUUID,
    };
    await using _relay = await openRelay(orThrow(checkSettings(site.settings)), around);
    await vi.waitFor(() => expect(count()).toEqual(expected));
  };
  await later(0, { counts: [2, 1, 2, 1, 1, 1], told: undefined });
  await later(89, { counts: [2, 1, 2, 0, 1, 1], told: { sessions: '1' } });
  await later(91, { counts: [2, 1, 0, 0, 1, 1], told: { received: '2' } });
  const told = { alarms: '1', visits: '1', checklists: '1', exercises: '1' };
  await later(401, { counts: [1, 0, 0, 0, 0, 0], told });
});

describe('A7.7 a clock that is four years ahead erases nothing', () => {
  const began = instant(Date.now());
  const years = days(4 * 365);

  /** A relay with a closed alarm, ids and a session; as it is afterwards. */
  async function filled() {
    const clock = movedClock(began);
    const site = await openSite({ clock });
    const anna = await site.person('Anna', 'operator');
    const credential = await site.unit('unit-1');
    const unit = await connectUnit(site.relay, credential, { over: 'tcp', reconnectPeriod: 0 });
    const closed = aFall();
    await unit.say('alarm-report', closed);
    await anna.call('takeAlarm', { alarm: closed.alarm });
    await anna.call('closeAlarm', { alarm: closed.alarm }, { verdict: 'help-needed' });
    return { site, clock, unit, ...disk(site.database) };
  }
  function disk(file: string) {
    const all = (sql: string) => {
      using database = openDisk(file, { readOnly: true });
      return database.prepare(sql).all();
    };
    return {
      left: () =>
        ["alarms where state = 'closed'", 'received'].map((table) =>
          Number(all(`select count(*) as many from ${table}`)[0]?.['many']),
        ),
      doubted: () => all("select details from audit where what = 'clock-doubted'").length,
      forgotten: () => all("select details from audit where what = 'old-forgotten'").length,
    };
  }

  it('at a start, until a person has looked at the date and confirmed it', async () => {
    const { site, unit, left, doubted } = await filled();
    await unit[Symbol.asyncDispose]();
    await site.relay[Symbol.asyncDispose]();
    const before = left();
    const start = async () =>
      openRelay(orThrow(checkSettings(site.settings)), {
        clock: movedClock(instant(began + years)),
        log: silent,
        newId: randomUUID,
      });
    for (const times of [1, 2]) {
      await using _relay = await start();
      await vi.waitFor(() => expect(doubted()).toBe(times));
      // After it, in the same run, comes what would erase.
      await _relay[Symbol.asyncDispose]();
      expect(left()).toEqual(before);
    }
    {
      await using store = await openStore(site.database);
      const clock = movedClock(instant(began + years));
      const parts = { store, audit: openAudit(store, clock), clock };
      await manageCommands['confirm-clock']!(parts as never, []);
    }
    await using _relay = await start();
    await vi.waitFor(() => expect(left()).toEqual([0, 0]));
    await site[Symbol.asyncDispose]();
  });

  it('while it runs, though the date stays wrong for weeks; and units that agree are believed', async () => {
    const { site, clock, unit, left, doubted } = await filled();
    const before = left();
    clock.stepWall(years);
    const pass = (length: Duration) => clock.moveTo(after(clock.now(), length));
    while (doubted() < 20) {
      pass(hours(24));
      // A day's work that is still under way is not begun a second time.
      await clock.advance(milliseconds(0));
    }
    expect(left()).toEqual(before);

    // As the unit says the same time, it is the relay that had been wrong before.
    pass(hours(23.99));
    await unit.say('vitals', vitals, undefined, clock.now());
    const anna = await signIn(site.relay, 'anna@testby.se');
    await vi.waitFor(async () => expect((await anna.desk()).units[0]?.presence).toBe('here'));
    pass(minutes(1));
    await vi.waitFor(() => expect(left()).toEqual([0, 0]));
    await unit[Symbol.asyncDispose]();
    await site[Symbol.asyncDispose]();
  });
});
