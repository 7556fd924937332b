/** What ends with a session: whoever has signed out, been signed out or left sees and hears nothing more. */
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { writePicturePacket } from '@nattfrid/shared/wire/picture';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openAlarmLook } from '../../support/alarm-look.ts';
import { openDisk } from '../../support/disk.ts';
import { closing, openSocket, type Person, signIn } from '../../support/person.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';

const asking = milliseconds(250);
let site: Site;
beforeAll(async () => {
  // Nothing here may wait for a beat or for a look that is taken now and then: what is done each second or so is never done. That others
  // have written is asked more often where a database tells nobody by itself.
  const clock: Clock = {
    ...systemClock,
    every: (period, call) => (period <= asking ? systemClock.every(period, call) : { [Symbol.dispose]() {} }),
  };
  site = await openSite({ clock, settings: { beatSeconds: 3600 } });
});
afterAll(() => site[Symbol.asyncDispose]());

/** Nothing is done now and then: what has not come by itself never comes. */
const within = <Thing>(promise: Promise<Thing>) =>
  Promise.race([promise, new Promise<'too late'>((resolve) => setTimeout(() => resolve('too late'), 10_000))]);
const onDisk = (sql: string, ...values: string[]) => {
  using disk = openDisk(site.database);
  disk.prepare(sql).run(...values);
};

let homes = 0;
/** A look that this person has opened and sees: pictures come until it ends. */
async function seen(by: Person) {
  const { home, unit, look } = await openAlarmLook(site, by, `session-${++homes}`);
  const camera = await openSocket(`${site.relay.url}/pictures/unit?look=${look}`, {
    authorization: `Bearer ${home.unit}:${home.token}`,
  });
  const screen = await by.socket(`/pictures/view?look=${look}`);
  let pictures = 0;
  screen.on('message', () => pictures++);
  const filming = setInterval(() => camera.send(writePicturePacket({ type: 'key', sealed: new Uint8Array(100) })), 20);
  await vi.waitFor(() => expect(pictures).toBeGreaterThan(2));
  return {
    look,
    unit,
    screen,
    camera,
    get pictures() {
      return pictures;
    },
    async [Symbol.asyncDispose]() {
      clearInterval(filming);
      await unit[Symbol.asyncDispose]();
    },
  };
}

const endings: readonly (readonly [string, (person: Person, email: string) => Promise<unknown>])[] = [
  ['has signed out', (person) => person.call('signOut')],
  [
    'has been signed out by another process',
    async (_person, email) =>
      onDisk('delete from sessions where "userId" = (select id from operators where email = ?)', email),
  ],
  [
    'has a session that has run out',
    async (_person, email) =>
      onDisk(
        `update sessions set "expiresAt" = '2020-01-01T00:00:00.000Z' where "userId" = (select id from operators where email = ?)`,
        email,
      ),
  ],
];

describe('whoever', () => {
  for (const [index, [name, leave]] of endings.entries())
    it(`${name} sees no picture and hears nothing more; the look waits for a verdict, and the unit closes it`, async () => {
      const person = await site.person(`Looker${index}`, 'operator');
      const other = await site.person(`Other${index}`, 'operator');
      await using look = await seen(person);
      const live = await person.socket('/live');
      const closed = Promise.all([closing(look.screen), closing(live)]);
      await leave(person, `looker${index}@testby.se`);
      expect(await within(closed)).toEqual([4001, 4001]);
      const until = look.pictures;
      expect(await look.unit.told('look-close')).toMatchObject({ look: look.look });
      expect(look.pictures).toBe(until);
      await vi.waitFor(async () =>
        expect((await other.desk()).looks.find((one) => one.look === look.look)?.state).toBe('awaiting-verdict'),
      );
      await expect(person.socket(`/pictures/view?look=${look.look}`)).rejects.toMatchObject({
        fields: { status: 401 },
      });
    });

  it('has joined a look and signs out leaves it; whoever opened it goes on', async () => {
    const [one, two] = [await site.person('Opener', 'operator'), await site.person('Joiner', 'operator')];
    await using look = await seen(one);
    await two.call('joinLook', { look: look.look }, { operatorKey: 'j'.repeat(43) });
    const screen = await two.socket(`/pictures/view?look=${look.look}`);
    const closed = closing(screen);
    await two.call('signOut');
    expect(await within(closed)).toBeGreaterThanOrEqual(4000);
    expect(await look.unit.told('look-leave')).toMatchObject({ look: look.look });
    const before = look.pictures;
    await vi.waitFor(() => expect(look.pictures).toBeGreaterThan(before));
  });

  it('signs out on one device goes on looking on another', async () => {
    const here = await site.person('Twice', 'operator');
    await using look = await seen(here);
    const there = await signIn(site.relay, 'twice@testby.se');
    const other = await there.socket('/live');
    const closed = closing(other);
    await there.call('signOut');
    expect(await within(closed)).toBe(4001);
    const before = look.pictures;
    await vi.waitFor(() => expect(look.pictures).toBeGreaterThan(before + 3));
  });

  it('signs out on the device that shows a look ends it, also where another device is signed in', async () => {
    const here = await site.person('Both', 'operator');
    const there = await signIn(site.relay, 'both@testby.se');
    await using look = await seen(here);
    await here.call('signOut');
    expect(await look.unit.told('look-close')).toMatchObject({ look: look.look });
    expect((await there.desk()).looks.find((one) => one.look === look.look)?.state).toBe('awaiting-verdict');
  });
});
