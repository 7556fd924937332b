/** Each cell of the role table, as somebody meets it: over the API each route for each role, and what is refused at the sockets. */
import { randomUUID } from 'node:crypto';
import { opensRoutes } from '@nattfrid/shared/desk/break-glass-opens';
import { type Action, may, permissions } from '@nattfrid/shared/desk/permissions';
import { Role } from '@nattfrid/shared/desk/role';
import type { Route } from '@nattfrid/shared/desk/route';
import { type RouteName, routes } from '@nattfrid/shared/desk/routes';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import { topicOf } from '@nattfrid/shared/wire/topics';
import mqtt, { type IClientOptions } from 'mqtt';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAlarmLook } from '../../support/alarm-look.ts';
import { openDisk } from '../../support/disk.ts';
import { closing, openSocket, type Person } from '../../support/person.ts';
import { aFall } from '../../support/relay-samples.ts';
import { openSite, type Site } from '../../support/relay-under-test.ts';
import { type Credential, connectUnit, publish } from '../../support/speaking-unit.ts';

let moved = 0;
const clock: Clock = { ...systemClock, now: () => instant(Date.now() + moved) };
let site: Site;
const people = new Map<Role, Person>();
let lars: Person;
let home: Credential;
let other: Credential;
let look: string;
let unit: Awaited<ReturnType<typeof openAlarmLook>>['unit'];

beforeAll(async () => {
  site = await openSite({ clock });
  await site.relay.addOrganisation({ organisation: 'larm', name: 'Larmcentralen', kind: 'operator' });
  for (const role of Role.options) people.set(role, await site.person(`The ${role}`.replace(' ', '-'), role));
  lars = await site.person('Lars', 'operator', 'larm');
  other = await site.unit('other');
});
afterAll(async () => {
  await unit[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
});

const refusedLines = () => {
  using disk = openDisk(site.database);
  return disk
    .prepare(
      "select who, what, subject, details from audit where what in ('refused', 'pictures-denied') order by number",
    )
    .all() as unknown as readonly { readonly who: string; readonly subject: string; readonly details: string }[];
};

/** What it asks for is nonsense: whoever may ask is told so, and nobody else hears even that. */
async function ask(person: Person, { method, path }: Route): Promise<number> {
  const response = await fetch(`${site.relay.url}${path.replace(/:\w+/g, 'none')}`, {
    method,
    headers: { cookie: person.cookie, 'content-type': 'application/json' },
    ...(method === 'POST' && { body: JSON.stringify({ none: 1 }) }),
  });
  await response.arrayBuffer();
  return response.status;
}

/** Everybody may, and it would end the session or lock it. */
const ending: readonly RouteName[] = ['signOut', 'lockConsole'];
const entries = (Object.entries(routes) as [RouteName, Route][]).filter(([name]) => !ending.includes(name));

describe('A5.6 each route, for each role', () => {
  // Refusals of one are bounded: what comes ten minutes later has a line of its own.
  beforeEach(() => {
    moved += 600_000;
  });
  for (const [name, route] of entries)
    it(`${name}: ${route.action ?? 'anybody'}`, async () => {
      const before = refusedLines().length;
      const statuses = await Promise.all([...people.values()].map((person) => ask(person, route)));
      const refused = Role.options.filter((_role, index) => statuses[index] === 403);
      const { action } = route;
      expect(refused).toEqual(action === undefined ? [] : Role.options.filter((role) => !may(role, action)));
      const lines = refusedLines().slice(before);
      const written = lines.filter(({ subject }) => subject === name).map(({ details }) => JSON.parse(details).role);
      expect(written.sort()).toEqual([...refused].sort());
    });

  it('nobody who is not signed in is let in anywhere but where one signs in', async () => {
    const open: string[] = [];
    for (const [name, { method, path }] of entries) {
      const response = await fetch(`${site.relay.url}${path.replace(/:\w+/g, 'none')}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(method === 'POST' && { body: '{}' }),
      });
      await response.arrayBuffer();
      if (response.status !== 401) open.push(name);
    }
    expect(open).toEqual(entries.filter(([, { action }]) => action === undefined).map(([name]) => name));
  });
});

describe('A5.6 break-glass opens its own cells, and no other', () => {
  let holder: Person;
  let alarm: string;
  beforeAll(async () => {
    const alias = 'Alias glass';
    await using glass = await connectUnit(site.relay, await site.unit('glass', alias));
    const fall = aFall();
    alarm = fall.alarm;
    await glass.say('alarm-report', fall);
    const personal = { name: 'Gunborg Ekwall', address: 'Tallstigen 4' };
    await people.get('coordinator')!.call('addClient', {}, { alias, personal });
    holder = await site.person('Holder', 'case-officer');
    for (const what of ['visit-card', 'alarms'] as const) {
      const { access } = await holder.call('askBreakGlass', {}, { client: alias, what, reason: 'danger' });
      await people.get('operator')!.call('grantBreakGlass', { access });
    }
  });
  const opened = Object.values(opensRoutes).flat();
  beforeEach(() => {
    moved += 20_000;
  });
  for (const [name, route] of entries)
    it(`${name}: ${opened.some((one) => one === name) ? 'is asked about the home' : 'as before'}`, async () => {
      const { action } = route;
      const refused = action !== undefined && !may('case-officer', action) && !opened.some((one) => one === name);
      expect((await ask(holder, route)) === 403).toBe(refused);
    });
  it('and lets only that home’s through', async () => {
    const elsewhere = await holder.call('visitCard', { alias: 'Alias other' }).catch(({ code }) => code);
    expect(elsewhere).toMatch(/not-allowed|not-found/);
    expect(await holder.call('visitCard', { alias: 'Alias glass' })).toMatchObject({ name: 'Gunborg Ekwall' });
    expect(await holder.call('takeAlarm', { alarm })).toMatchObject({ takenBy: 'Holder' });
  });
  it('none of what it opens is a look, a plan, a consent or a key', () => {
    const never: readonly Action[] = [
      ...([
        'look',
        'send-plan',
        'read-plan',
        'draft-plan',
        'write-clients',
        'withdraw-consent',
        'have-console',
      ] as const),
      ...(['confirm-consoles', 'set-up-room', 'manage-people', 'manage-units', 'grant-break-glass'] as const),
    ];
    for (const name of opened) expect(never).not.toContain(routes[name].action);
  });
});

describe('A5.6 the table itself', () => {
  const roles = (action: keyof typeof permissions) => [...permissions[action]].sort();
  for (const [action, who] of [
    ['look', ['night-patrol', 'operator']],
    ['answer-alarms', ['night-patrol', 'operator']],
    ['read-audit', ['auditor', 'coordinator']],
    ['send-plan', ['coordinator']],
    ['read-clients', ['case-officer', 'coordinator']],
    ['manage-organisations', ['administrator']],
    ['manage-connections', ['administrator']],
    ['grant-break-glass', ['administrator', 'coordinator', 'night-patrol', 'operator']],
    ['unshare-console', ['administrator', 'coordinator']],
  ] as const)
    it(`${action} is for ${who.join(' and ')} alone`, () => expect(roles(action)).toEqual(who));
  it('auditor, statistics and administrator see no home', () => {
    for (const role of ['auditor', 'statistics', 'administrator'] as const)
      for (const action of [
        'see-desk',
        'look',
        'read-plan',
        'read-clients',
        'read-visit-card',
        'ask-break-glass',
      ] as const)
        expect([role, action, may(role, action)]).toEqual([role, action, false]);
  });
});

describe('A5.6 a screen of a role that sees no desk', () => {
  beforeAll(async () => {
    const opened = await openAlarmLook(site, people.get('operator')!, 'home', clock.now());
    [home, look, unit] = [opened.home, opened.look, opened.unit];
  });
  it('is told an empty one, and nothing of what happens', async () => {
    const live = await people.get('auditor')!.socket('/live');
    const heard: string[] = [];
    live.on('message', (data: Buffer) => heard.push(data.toString('utf8')));
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0));
    const { desk } = JSON.parse(heard[0]!);
    expect([desk.alarms, desk.looks, desk.visits, desk.units]).toEqual([[], [], [], []]);
    await unit.say('alarm-report', {
      alarm: randomUUID() as never,
      kind: 'fall',
      phase: 'began',
      at: new Date().toISOString(),
      camera: 'bedroom' as never,
      evidence: { code: 'lying-on-floor', figures: {}, models: [], attended: false },
    });
    await people.get('coordinator')!.desk();
    expect(heard.filter((event) => /"type":"(alarm|unit|look|visit)"/.test(event))).toEqual([]);
    live.close();
  });
});

/** Status of a socket that was not let in; 101 where it was. */
const knock = (path: string, headers: Record<string, string>) =>
  openSocket(`${site.relay.url}${path}`, headers).then(
    (socket) => {
      socket.close();
      return 101;
    },
    ({ fields }: { readonly fields: { readonly status: number } }) => fields.status,
  );
const bearer = ({ unit: name, token }: Credential) => ({ authorization: `Bearer ${name}:${token}` });
const viewing = () => `/pictures/view?look=${look}`;
const filming = () => `/pictures/unit?look=${look}`;
const as = (role: Role) => ({ cookie: people.get(role)!.cookie });

/** @returns whether the relay has let it in and borne what it did */
async function overMqtt(
  options: IClientOptions,
  deed?: (client: mqtt.MqttClient) => Promise<unknown>,
): Promise<boolean> {
  const url = `${site.relay.url.replace(/^http/, 'ws')}/mqtt`;
  let client: mqtt.MqttClient | undefined;
  try {
    client = await mqtt.connectAsync(url, { protocolVersion: 4, reconnectPeriod: 0, ...options }, false);
    client.on('error', () => {});
    const cut = new Promise<never>((_resolve, reject) => client!.once('close', () => reject(new Error('cut'))));
    if (deed) await Promise.race([deed(client), cut]);
    return true;
  } catch {
    return false;
  } finally {
    client?.end(true);
  }
}
const asOther = () => ({ clientId: other.unit, username: other.unit, password: other.token });

describe('A5.6 what is forbidden at a socket is refused, and written as refused', () => {
  const deeds: readonly (readonly [string, () => Promise<unknown>, unknown])[] = [
    ['live without a session', () => knock('/live', {}), 401],
    ['live with a forged session', () => knock('/live', { cookie: 'nattfrid.session_token=forged.forged' }), 401],
    [
      'live from a page that is not the console',
      () => knock('/live', { ...as('operator'), origin: 'https://evil.example' }),
      403,
    ],
    ['pictures without a session', () => knock(viewing(), {}), 401],
    ['pictures from another page', () => knock(viewing(), { ...as('operator'), origin: 'https://evil.example' }), 403],
    ["a night patrol's eyes on a look that it has not joined", () => knock(viewing(), as('night-patrol')), 403],
    ['a coordinator', () => knock(viewing(), as('coordinator')), 403],
    ['a case officer', () => knock(viewing(), as('case-officer')), 403],
    ['an installer', () => knock(viewing(), as('installer')), 403],
    ['support', () => knock(viewing(), as('support')), 403],
    ['statistics', () => knock(viewing(), as('statistics')), 403],
    ['an auditor', () => knock(viewing(), as('auditor')), 403],
    ['an administrator', () => knock(viewing(), as('administrator')), 403],
    ['an operator of another organisation', () => knock(viewing(), { cookie: lars.cookie }), 403],
    ['a look that was never opened', () => knock(`/pictures/view?look=${randomUUID()}`, as('operator')), 403],
    ['a unit without a token', () => knock(filming(), {}), 401],
    ['a person who says to be a unit', () => knock(filming(), as('operator')), 401],
    ['a unit with a wrong token', () => knock(filming(), bearer({ ...home, token: 'wrong' })), 401],
    ["another unit's pictures of this look", () => knock(filming(), bearer(other)), 403],
    ['MQTT without a token', () => overMqtt({ clientId: other.unit }), false],
    ['MQTT with a wrong token', () => overMqtt({ ...asOther(), password: 'wrong' }), false],
    ["MQTT with another unit's name", () => overMqtt({ ...asOther(), clientId: home.unit }), false],
    [
      "a will in another unit's name",
      () =>
        overMqtt({
          ...asOther(),
          will: { topic: topicOf(home.unit, 'announce'), payload: Buffer.from(''), qos: 1, retain: false },
        }),
      false,
    ],
    [
      "a word in another unit's name",
      () => overMqtt(asOther(), (client) => publish(client, topicOf(home.unit, 'alarm-report'), Buffer.from('{}'))),
      false,
    ],
    [
      'a word that is the relay’s own',
      () => overMqtt(asOther(), (client) => publish(client, topicOf(other.unit, 'look-call'), Buffer.from('{}'))),
      false,
    ],
    [
      'listening to everything',
      () =>
        overMqtt(asOther(), async (client) => {
          const [granted] = await client.subscribeAsync('#', { qos: 1 });
          if (!granted || granted.qos === 128) throw new Error('refused');
        }),
      false,
    ],
    [
      'listening to what another unit is told',
      () =>
        overMqtt(asOther(), async (client) => {
          const [granted] = await client.subscribeAsync(topicOf(home.unit, 'look-call'), { qos: 1 });
          if (!granted || granted.qos === 128) throw new Error('refused');
        }),
      false,
    ],
  ];
  for (const [name, deed, answer] of deeds)
    it(name, async () => {
      const before = refusedLines().length;
      expect(await deed()).toBe(answer);
      await vi.waitFor(() => expect(refusedLines().length).toBeGreaterThan(before));
      const line = refusedLines().at(-1)!;
      expect(line.who).toMatch(/^(nobody|unit \w+|The-[\w-]+|Lars)$/);
    });

  it('and whoever may see the look still does', async () => {
    const screen = await people.get('operator')!.socket(viewing());
    screen.close();
    await closing(screen);
  });
});

describe('A5.6 refusals do not fill the log', () => {
  it('somebody who asks a thousand times takes some sixty lines, and one that counts the rest', async () => {
    const before = refusedLines().length;
    for (let time = 0; time < 200; time++) await ask(people.get('statistics')!, routes.desk);
    const lines = refusedLines().slice(before);
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.length).toBeLessThan(80);
  });
});
