/** Two people with one name are two people: on every screen, in the log, and for who has what. */
import { randomUUID } from 'node:crypto';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay } from '@nattfrid/relay/relay';
import { migrations } from '@nattfrid/relay/store/migrations';
import { sqliteDialect } from '@nattfrid/relay/store/sqlite/dialect';
import { silent } from '@nattfrid/shared/log/logger';
import { systemClock } from '@nattfrid/shared/time/clock';
import { Kysely, Migrator } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAlarmLook } from '../../support/alarm-look.ts';
import { openDisk } from '../../support/disk.ts';
import { type Person, password, signIn } from '../../support/person.ts';
import { aFall } from '../../support/relay-samples.ts';
import { openSite, orThrow, type Site } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';
import { aboutTheFile } from '../../support/test-database.ts';

let site: Site;
let [berg, ek]: Person[] = [];
beforeAll(async () => {
  site = await openSite();
  for (const email of ['anna.berg@testby.se', 'anna.ek@testby.se'])
    orThrow(await site.relay.addOperator({ email, name: 'Anna', role: 'operator' }, password));
  [berg, ek] = [await signIn(site.relay, 'anna.berg@testby.se'), await signIn(site.relay, 'anna.ek@testby.se')];
});
afterAll(() => site[Symbol.asyncDispose]());

describe('two people called Anna', () => {
  it('are told apart by name, and each knows the own id', async () => {
    const [one, two] = [await berg!.call('me'), await ek!.call('me')];
    expect([one.name, two.name]).toEqual(['Anna (anna.berg)', 'Anna (anna.ek)']);
    expect(one.id).not.toBe(two.id);
  });

  it('cannot take each other’s alarms; each may press twice', async () => {
    const home = await site.unit('alarmed');
    await using unit = await connectUnit(site.relay, home);
    const fall = aFall();
    await unit.say('alarm-report', fall);
    const taken = await berg!.call('takeAlarm', { alarm: fall.alarm });
    expect(taken).toMatchObject({ takenBy: 'Anna (anna.berg)', takenById: (await berg!.call('me')).id });
    await berg!.call('takeAlarm', { alarm: fall.alarm });
    await expect(ek!.call('takeAlarm', { alarm: fall.alarm })).rejects.toMatchObject({
      code: 'not-now',
      message: expect.stringContaining('Anna (anna.berg)'),
    });
    const closed = await ek!.call('closeAlarm', { alarm: fall.alarm }, { verdict: 'all-well', confirmed: true });
    expect(closed).toMatchObject({ closedBy: 'Anna (anna.ek)', closedById: (await ek!.call('me')).id });
    using disk = openDisk(site.database, { readOnly: true });
    const lines = disk.prepare(`select who, details from audit where subject = ? order by number`).all(fall.alarm);
    expect(lines.map(({ details }) => JSON.parse(String(details)).operator)).toEqual([
      taken.takenById,
      taken.takenById,
      // Pressed, and refused.
      (await ek!.call('me')).id,
      (await ek!.call('me')).id,
      closed.closedById,
    ]);
  });

  it('are not let into each other’s looks', async () => {
    const { unit, look } = await openAlarmLook(site, berg!, 'looked-into');
    const view = (await ek!.desk()).looks.find((one) => one.look === look);
    expect(view).toMatchObject({ operator: 'Anna (anna.berg)', operatorId: (await berg!.call('me')).id });
    await expect(ek!.call('closeLook', { look })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(ek!.socket(`/pictures/view?look=${look}`)).rejects.toMatchObject({ fields: { status: 403 } });
    await unit[Symbol.asyncDispose]();
  });

  it('an alarm that was taken before the second Anna came is still of the first one', async () => {
    await using other = await openSite();
    const first = await other.person('Anna', 'operator');
    const home = await other.unit('early');
    await using unit = await connectUnit(other.relay, home);
    const fall = aFall();
    await unit.say('alarm-report', fall);
    await first.call('takeAlarm', { alarm: fall.alarm });
    const person = { email: 'anna.ny@testby.se', name: 'Anna', role: 'operator' } as const;
    orThrow(await other.relay.addOperator(person, password));
    const second = await signIn(other.relay, person.email);
    await first.call('takeAlarm', { alarm: fall.alarm });
    await expect(second.call('takeAlarm', { alarm: fall.alarm })).rejects.toMatchObject({ code: 'not-now' });
  });
});

it.skipIf(aboutTheFile('a database from before its people could share a name is one of SQLite'))(
  'a database from before keeps its people, also where the power went in the middle of its change',
  async () => {
    await using before = await openSite();
    const anna = await before.person('Anna', 'operator');
    await before.relay[Symbol.asyncDispose]();
    const db = new Kysely<unknown>({ dialect: sqliteDialect(before.database) });
    await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateTo('0011-people');
    await db.destroy();
    {
      using disk = openDisk(before.database);
      disk.exec(`delete from kysely_migration where name = '0011-people'; alter table sessions drop column "seenAt"`);
      disk.exec('alter table operators rename to operators_new');
    }
    const around = { clock: systemClock, log: silent, newId: randomUUID };
    await using relay = await openRelay(orThrow(checkSettings(before.settings)), around);
    orThrow(await relay.addOperator({ email: 'other@testby.se', name: 'Anna', role: 'operator' }, password));
    await signIn(relay, 'anna@testby.se');
    const me = await fetch(`${relay.url}/api/me`, { headers: { cookie: anna.cookie } });
    expect(await me.json()).toMatchObject({ name: 'Anna (anna)' });
  },
);
