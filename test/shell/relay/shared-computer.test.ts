/**
 * A computer that several people use in a night, on a real relay: locked, it rings and says nothing; whoever locked it goes on, and
 * whoever comes instead finds nothing of them. What somebody had in hand who has gone is everybody's at once.
 */
import { closeCodes } from '@nattfrid/shared/desk/close-codes';
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { Fault } from '@nattfrid/shared/fault/fault';
import { provePossession } from '@nattfrid/shared/seal/possession';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { writePicturePacket } from '@nattfrid/shared/wire/picture';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openAlarmLook } from '../../support/alarm-look.ts';
import { openDisk } from '../../support/disk.ts';
import { closing, computerOf, openSocket, type Person, password, signIn } from '../../support/person.ts';
import { aFall, aPlan } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

let site: Site;
let karin: Person;
let bo: Person;
let unit: SpeakingUnit;
const alias = 'Alias unit-1';

beforeAll(async () => {
  site = await openSite();
  karin = await site.person('Karin', 'coordinator');
  bo = await site.person('Bo', 'operator');
  unit = await connectUnit(site.relay, await site.unit('unit-1'));
}, 90_000);
afterAll(async () => {
  await unit[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    ({ code }: Fault) => code,
  );
async function listening(person: Person) {
  const socket = await person.socket('/live');
  const heard: LiveEvent[] = [];
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString('utf8'))));
  await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0));
  const bell = () => heard.findLast((event) => event.type === 'bell');
  return { heard, bell, closed: closing(socket), close: () => socket.close() };
}
const lines = (what: string) => {
  using disk = openDisk(site.database);
  const rows = disk.prepare('select who, subject, details from audit where what = ? order by number').all(what);
  return rows.map(({ who, subject, details }) => ({ who, subject, details: JSON.parse(String(details)) }));
};
async function anAlarm(): Promise<string> {
  const fall = aFall();
  await unit.say('alarm-report', fall);
  return fall.alarm;
}
const stateOf = async (alarm: string) => (await bo.desk()).alarms.find((one) => one.alarm === alarm)?.state;
const close = (alarm: string) => bo.call('closeAlarm', { alarm }, { verdict: 'all-well', confirmed: true });
/** Somebody in the staff room. */
const arrive = (name: string) => site.person(name, 'night-patrol');
const here = (person: Person, name: string) =>
  signIn(site.relay, `${name.toLowerCase()}@testby.se`, password, computerOf(person));

describe('a locked computer', () => {
  it('answers nothing, also to whoever throws its cookie away; says whose it is, and lets them go', async () => {
    const anna = await arrive('Anna');
    await anna.call('lockConsole');
    for (const name of ['desk', 'teams', 'consoles'] as const) expect(await codeOf(anna.call(name))).toBe('locked');
    expect(await codeOf(anna.call('takeAlarm', { alarm: await anAlarm() }))).toBe('locked');
    const bare = anna.cookie.replace(computerOf(anna), '');
    const answer = await fetch(`${site.relay.url}/api/desk`, { headers: { cookie: bare } });
    expect(answer.status).toBe(423);
    expect(await anna.call('me')).toMatchObject({ name: 'Anna', locked: true });
    expect(lines('console-locked')).toMatchObject([{ who: 'Anna' }]);
    expect(lines('refused').at(-1)).toMatchObject({ who: 'Anna', details: { why: 'locked' } });
    await anna.call('signOut');
    expect(await codeOf(anna.call('me'))).toBe('not-signed-in');
    for (const { alarm } of (await bo.desk()).alarms) await close(alarm);
  });

  it('rings for each alarm that waits, and tells neither name, home nor kind', async () => {
    const anna = await arrive('Astrid');
    const before = await listening(anna);
    await anna.call('lockConsole');
    expect(await before.closed).toBe(closeCodes.sessionOver);
    const screen = await listening(anna);
    expect(screen.bell()).toEqual({ type: 'bell', alarms: 0, overdue: false });
    const alarm = await anAlarm();
    await vi.waitFor(() => expect(screen.bell()).toMatchObject({ alarms: 1 }));
    await bo.call('takeAlarm', { alarm });
    await vi.waitFor(() => expect(screen.bell()).toMatchObject({ alarms: 0 }));
    const told = JSON.stringify(screen.heard);
    for (const word of [alias, 'unit-1', alarm, 'Astrid', 'Bo', 'fall', 'lying']) expect(told).not.toContain(word);
    expect(new Set(screen.heard.map(({ type }) => type)).difference(new Set(['bell', 'beat'])).size).toBe(0);
    await close(alarm);
    screen.close();
  });

  it('shows no picture any more: the look waits for its verdict, from whoever is there', async () => {
    const anna = await arrive('Agnes');
    const { home, unit: opened, look } = await openAlarmLook(site, anna, 'unit-look');
    await using _unit = opened;
    const camera = await openSocket(`${site.relay.url}/pictures/unit?look=${look}`, {
      authorization: `Bearer ${home.unit}:${home.token}`,
    });
    const pictures = await anna.socket(`/pictures/view?look=${look}`);
    const over = closing(pictures);
    const seen = new Promise((resolve) => pictures.once('message', resolve));
    camera.send(writePicturePacket({ type: 'key', sealed: new Uint8Array(100) }));
    await seen;
    await anna.call('lockConsole');
    expect(await over).toBeGreaterThanOrEqual(4000);
    expect(await opened.told('look-close')).toMatchObject({ look });
    expect((await bo.desk()).looks.find((one) => one.look === look)?.state).toBe('awaiting-verdict');
    await expect(anna.socket(`/pictures/view?look=${look}`)).rejects.toMatchObject({ fields: { status: 423 } });
    await bo.call('giveVerdict', { look }, { verdict: 'help-needed' });
  });
});

describe('whoever signs in where it was locked', () => {
  it('goes on with shift and alarm, if it is the same person; what was locked opens nothing any more', async () => {
    const anna = await arrive('Alva');
    const { team } = await karin.call(
      'addTeam',
      {},
      { name: 'Bil 1', kind: 'car', crew: 'single', looks: 'always', visits: 'always' },
    );
    await anna.call('joinShift', { team });
    const alarm = await anAlarm();
    await anna.call('takeAlarm', { alarm });
    await anna.call('lockConsole');
    const back = await here(anna, 'Alva');
    expect(await back.call('me')).not.toHaveProperty('locked');
    expect(await codeOf(anna.call('me'))).toBe('not-signed-in');
    const desk = await back.desk();
    expect(desk.alarms.find((one) => one.alarm === alarm)).toMatchObject({ state: 'taken', takenBy: 'Alva' });
    expect(desk.night?.shifts).toMatchObject([{ who: 'Alva', team }]);
    expect(lines('signed-out').at(-1)).toMatchObject({ who: 'relay', details: { why: 'signed-in-anew', of: 'Alva' } });
    await back.call('leaveShift', { team }, {});
    await close(alarm);
  });

  it('keeps the home that they were about to look into', async () => {
    const anna = await arrive('Alice');
    await karin.call('sendPlan', { unit: 'unit-1' }, await site.sign(aPlan('unit-1', { client: alias as never })));
    const mine = await vi.waitFor(async () => {
      const { reserved } = await anna.call('nextLook');
      return reserved ?? Promise.reject(new Error('nothing is due yet'));
    });
    await anna.call('lockConsole');
    const back = await here(anna, 'Alice');
    await back.call('me');
    // As the next tick of the relay sees it, which gives back what hangs on a session that is over.
    using disk = openDisk(site.database);
    const held = disk.prepare('select look from reserved_looks where session in (select id from sessions)').all();
    expect(held).toMatchObject([{ look: mine.look }]);
    await back.call('skipLook', { look: mine.look });
  });

  it('ends all of the one before, if it is somebody else: the alarm in hand is everybody’s at once, with a line', async () => {
    const anna = await arrive('Asta');
    await site.person('Nils', 'night-patrol');
    const alarm = await anAlarm();
    await anna.call('takeAlarm', { alarm });
    await anna.call('lockConsole');
    const screen = await listening(bo);
    const nils = await here(anna, 'Nils');
    expect(await nils.call('me')).toMatchObject({ name: 'Nils' });
    expect(await codeOf(anna.call('me'))).toBe('not-signed-in');
    expect(await stateOf(alarm)).toBe('raised');
    expect(lines('alarm-let-go').at(-1)).toMatchObject({ subject: alarm, details: { why: 'left', of: 'Asta' } });
    await vi.waitFor(() =>
      expect(screen.heard.find((event) => event.type === 'left-in-hand')).toMatchObject({
        left: { who: 'Asta', alarms: [alarm] },
      }),
    );
    screen.close();
    await close(alarm);
  });

  it('elsewhere leaves it locked, and its alarm in hand', async () => {
    const anna = await arrive('Alma');
    const alarm = await anAlarm();
    await anna.call('takeAlarm', { alarm });
    await anna.call('lockConsole');
    await (await signIn(site.relay, 'nils@testby.se')).call('me');
    expect(await anna.call('me')).toMatchObject({ locked: true });
    expect(await stateOf(alarm)).toBe('taken');
    await close(alarm);
  });
});

describe('whoever signs out with an alarm in hand', () => {
  it('leaves it to everybody at once, also where they have forgotten to sign out elsewhere', async () => {
    const anna = await arrive('Ada');
    await signIn(site.relay, 'ada@testby.se');
    const alarm = await anAlarm();
    await anna.call('takeAlarm', { alarm });
    await anna.call('signOut');
    expect(await stateOf(alarm)).toBe('raised');
    expect(lines('alarm-let-go').at(-1)).toMatchObject({ subject: alarm, details: { of: 'Ada' } });
    await close(alarm);
  });

  it('keeps it where another screen of theirs follows the desk', async () => {
    const anna = await arrive('Aina');
    const screen = await listening(await signIn(site.relay, 'aina@testby.se'));
    const alarm = await anAlarm();
    await anna.call('takeAlarm', { alarm });
    await anna.call('signOut');
    expect(await stateOf(alarm)).toBe('taken');
    screen.close();
    await close(alarm);
  });
});

describe('that several people use a computer', () => {
  it('is said by whoever sits there, for all who do; that it is no longer so, by a coordinator alone', async () => {
    const [anna, key] = [await arrive('Aurora'), await makeSignKey()];
    const now = new Date().toISOString();
    const own = await anna.call('registerConsole', {}, await provePossession('aurora@testby.se', now, key));
    await bo.call('registerConsole', {}, await provePossession('bo@testby.se', now, key));
    const screen = await listening(bo);
    const { consoles } = await anna.call('shareConsole', {}, { console: own.console, lockMinutes: 5 });
    expect(consoles.map(({ who, sharedMinutes }) => [who, sharedMinutes])).toEqual(
      expect.arrayContaining([
        ['Aurora', 5],
        ['Bo', 5],
      ]),
    );
    await vi.waitFor(() => expect(JSON.stringify(screen.heard)).toContain('"sharedMinutes":5'));
    screen.close();
    // Whoever comes there for the first time is told so as well.
    const alfons = await arrive('Alfons');
    const first = await alfons.call('registerConsole', {}, await provePossession('alfons@testby.se', now, key));
    expect(first).toMatchObject({ who: 'Alfons', sharedMinutes: 5 });
    expect(await codeOf(anna.call('unshareConsole', {}, { console: own.console }))).toBe('not-allowed');
    const after = await karin.call('unshareConsole', {}, { console: own.console });
    expect(after.consoles.some(({ sharedMinutes }) => sharedMinutes !== undefined)).toBe(false);
    expect([lines('console-shared').length, lines('console-not-shared').length]).toEqual([1, 1]);
  });

  it('is nothing that another organisation says', async () => {
    await site.relay.addOrganisation({ organisation: 'larm', name: 'Larmcentralen', kind: 'operator' });
    const lena = await site.person('Lena', 'coordinator', 'larm');
    const { consoles } = await karin.call('consoles');
    const asked = { console: consoles[0]!.console, lockMinutes: 5 };
    expect(await codeOf(lena.call('shareConsole', {}, asked))).toBe('not-found');
  });
});
