/** Webhooks and keys of other systems: a real relay, and a receiver that checks each signature, and refuses, delays and dies. */
import { randomUUID } from 'node:crypto';
import { openAudit } from '@nattfrid/relay/audit/audit';
import { openApiKeys } from '@nattfrid/relay/connections/api-keys';
import { openStore } from '@nattfrid/relay/store/database';
import { type OutwardName, outwardBody, outwardNames } from '@nattfrid/shared/desk/outward';
import { type Action, permissions } from '@nattfrid/shared/desk/permissions';
import type { Route } from '@nattfrid/shared/desk/route';
import { routes } from '@nattfrid/shared/desk/routes';
import { keyMay, scopeNames, scopes } from '@nattfrid/shared/desk/scopes';
import { Fault } from '@nattfrid/shared/fault/fault';
import { seconds } from '@nattfrid/shared/time/duration';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { sockets } from '@nattfrid/shared/wire/sockets';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeOwnCertificate, type OwnCertificate } from '../../stand-ins/own-certificate.ts';
import { quickClock } from '../../stand-ins/quick-clock.ts';
import { openWebhookReceiver, type WebhookReceiver } from '../../stand-ins/webhook-receiver/webhook-receiver.ts';
import { openDisk } from '../../support/disk.ts';
import { openSocket, type Person, password, signIn } from '../../support/person.ts';
import { aFall } from '../../support/relay-samples.ts';
import { openSite, orThrow, type Site } from '../../support/relay-under-test.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

const clock = quickClock(20);
const patient = {
  lateAfterSeconds: 80_000,
  silentAfterSeconds: 86_000,
  overdueAfterSeconds: 80_000,
  visitAfterSeconds: 86_000,
};
const chosen = outwardNames.filter((name) => name !== 'test');

let certificate: OwnCertificate;
let site: Site;
let boss: Person;
let anna: Person;
beforeAll(async () => {
  certificate = makeOwnCertificate();
  const own = { outgoingNetworks: '127.0.0.1', outgoingCa: certificate.file };
  site = await openSite({ clock, settings: { ...patient, ...own } as never });
  boss = await site.person('Chef', 'administrator');
  anna = await site.person('Anna', 'operator');
});
afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
  certificate?.[Symbol.dispose]();
});

let homes = 0;
const newUnit = async (client?: string) => connectUnit(site.relay, await site.unit(`unit-hook-${++homes}`, client));
async function falls(unit: SpeakingUnit): Promise<string> {
  const fall = aFall();
  await unit.say('alarm-report', fall);
  return fall.alarm;
}
const waits = { timeout: 20_000, interval: 20 };

describe('A6.5 another system is told', () => {
  let receiver: WebhookReceiver;
  let webhook: string;
  let unit: SpeakingUnit;
  beforeEach(async () => {
    receiver = await openWebhookReceiver(certificate);
    const made = await boss.call(
      'addWebhook',
      {},
      { name: `Trygghet ${homes}`, url: `${receiver.url}/hook`, events: chosen },
    );
    receiver.secret = made.secret;
    webhook = made.webhook.webhook;
    unit = await newUnit();
  });
  afterEach(async () => {
    await boss.call('removeWebhook', { webhook }).catch(() => {});
    await unit[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });
  const viewOf = async () => (await boss.call('connections')).webhooks.find((one) => one.webhook === webhook)!;
  const types = (all = receiver.taken) => all.map(({ body }) => body.type);

  it('A6.5 of an alarm from fall to visit, by alias alone, signed, as the schema says', async () => {
    const alarm = await falls(unit);
    await anna.call('takeAlarm', { alarm });
    await anna.call('closeAlarm', { alarm }, { verdict: 'help-needed' });
    await vi.waitFor(() => expect(types()).toContain('alarm.closed'), waits);
    await vi.waitFor(() => expect(receiver.taken).toHaveLength(4), waits);
    expect(types()).toEqual(['alarm.raised', 'alarm.taken', 'visit.needed', 'alarm.closed']);
    for (const { body, signed } of receiver.taken) {
      expect(signed).toBe(true);
      expect(outwardBody(body.type as OutwardName).safeParse(body).error).toBeUndefined();
      expect(JSON.stringify(body)).not.toContain('Anna');
    }
    expect(new Set(receiver.taken.map(({ id }) => id)).size).toBe(4);
    expect(await viewOf()).toMatchObject({ state: 'on', waiting: 0, givenUp: 0 });
  });

  it('of the same thing once, however often the unit tells it', async () => {
    const fall = aFall();
    await unit.say('alarm-report', fall);
    await unit.say('alarm-report', { ...fall, phase: 'changed' });
    await unit.say('alarm-report', fall);
    await unit.say('alarm-report', { ...fall, phase: 'ended' });
    await vi.waitFor(() => expect(types()).toContain('alarm.over'), waits);
    expect(types()).toEqual(['alarm.raised', 'alarm.over']);
  });

  it('in order for each client although the first attempts fail, and of another client meanwhile', async () => {
    receiver.answer({ status: 500 }, 'dies');
    const alarm = await falls(unit);
    await anna.call('takeAlarm', { alarm });
    await vi.waitFor(() => expect(receiver.asked).toHaveLength(1), waits);
    await vi.waitFor(() => expect(receiver.taken).toHaveLength(2), waits);
    expect(types()).toEqual(['alarm.raised', 'alarm.taken']);
    // The same id each time: whoever has seen it knows it again.
    expect(new Set(receiver.asked.map(({ id }) => id)).size).toBe(2);
    expect(receiver.asked).toHaveLength(4);

    receiver.answer('hangs');
    await anna.call('closeAlarm', { alarm }, { verdict: 'all-well', confirmed: true });
    await vi.waitFor(() => expect(receiver.asked).toHaveLength(5), waits);
    await using other = await newUnit('Granen 1');
    await falls(other);
    await vi.waitFor(() => expect(receiver.taken).toHaveLength(4), waits);
    expect(types()).toEqual(['alarm.raised', 'alarm.taken', 'alarm.raised', 'alarm.closed']);
  });

  it('for 24 hours, then a person, until that person has seen to it; and once more if asked to', async () => {
    receiver.always = { status: 503 };
    await falls(unit);
    await vi.waitFor(() => expect(receiver.asked.length).toBeGreaterThan(0), waits);
    await vi.waitFor(async () => expect(await viewOf()).toHaveProperty('failingSince'), waits);
    {
      using disk = openDisk(site.database);
      disk.exec('pragma busy_timeout = 5000');
      disk
        .prepare('update webhook_outbox set made_at = made_at - 90000000, next_at = 0 where webhook = ?')
        .run(webhook);
    }
    await vi.waitFor(async () => expect(await viewOf()).toMatchObject({ waiting: 0, givenUp: 1 }), waits);
    const reader = await signInAs('auditor');
    expect((await reader.call('audit', { what: 'webhook-given-up' })).lines[0]).toMatchObject({ subject: webhook });
    receiver.always = { status: 200 };
    await boss.call('seeToWebhook', { webhook }, { again: true });
    await vi.waitFor(() => expect(types()).toEqual(['alarm.raised']), waits);
    await vi.waitFor(async () => expect(await viewOf()).toMatchObject({ waiting: 0, givenUp: 0 }), waits);
  });

  it('no more where it answers 410, or is turned off', async () => {
    receiver.answer({ status: 410 });
    await falls(unit);
    await vi.waitFor(async () => expect(await viewOf()).toMatchObject({ state: 'gone', givenUp: 1 }), waits);
    await boss.call('setWebhook', { webhook }, { on: false, events: ['alarm.raised'] });
    await using other = await newUnit();
    await falls(other);
    await boss.call('setWebhook', { webhook }, { on: true, events: ['alarm.raised'] });
    await using third = await newUnit();
    const alarm = await falls(third);
    await vi.waitFor(() => expect(receiver.taken).toHaveLength(1), waits);
    expect(receiver.taken[0]?.body.data).toMatchObject({ alarm });
  });

  it('past what waits where a test is asked for; and its redirect and its long answer lead nowhere', async () => {
    receiver.answer(
      { status: 302, headers: { location: `${receiver.url}/elsewhere` } },
      { status: 200, body: 'x'.repeat(3_000_000) },
    );
    expect(await boss.call('tryWebhook', { webhook })).toMatchObject({ type: 'test', status: 302 });
    expect(await boss.call('tryWebhook', { webhook })).toMatchObject({ type: 'test', status: 200 });
    expect(receiver.asked.map(({ path }) => path)).toEqual(['/hook', '/hook']);
    expect((await viewOf()).answers).toHaveLength(2);
    const before = receiver.secret;
    receiver.secret = (await boss.call('newWebhookSecret', { webhook })).secret;
    await boss.call('tryWebhook', { webhook });
    expect([receiver.secret === before, receiver.asked.at(-1)?.signed]).toEqual([false, true]);
  });

  it('and says in one word, for screens of any language, why nothing gets through', async () => {
    const whyOf = async (url: string) => {
      const made = await boss.call('addWebhook', {}, { name: 'Fel', url, events: chosen });
      const params = { webhook: made.webhook.webhook };
      const { why } = await boss.call('tryWebhook', params);
      await boss.call('removeWebhook', params);
      return why;
    };
    await receiver[Symbol.asyncDispose]();
    expect(await whyOf(`${receiver.url}/hook`)).toBe('refused');
    expect(await whyOf('https://webhook.invalid/hook')).toBe('name-unknown');
    const answer = await fetch(`${site.relay.url}/api/webhooks`, {
      method: 'POST',
      headers: { cookie: boss.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'In', url: 'https://10.1.1.1/x', events: chosen }),
    });
    expect(await answer.json()).toMatchObject({ code: 'not-allowed', why: 'not-public' });
  });

  it('nothing of another organisation, at no address inside, and by nobody but who may', async () => {
    orThrow(
      await site.relay.addOperator(
        { email: `x${homes}@annan.se`, name: 'Xerxes', role: 'administrator', organisation: 'annan' },
        password,
      ),
    );
    const stranger = await signIn(site.relay, `x${homes}@annan.se`);
    expect((await stranger.call('connections')).webhooks).toEqual([]);
    await expect(stranger.call('removeWebhook', { webhook })).rejects.toMatchObject({ code: 'not-found' });
    const theirs = await openWebhookReceiver(certificate);
    await stranger.call('addWebhook', {}, { name: 'Annan', url: theirs.url, events: chosen });
    await falls(unit);
    await vi.waitFor(() => expect(receiver.taken).toHaveLength(1), waits);
    expect(theirs.asked).toEqual([]);
    await theirs[Symbol.asyncDispose]();
    for (const url of ['https://10.1.1.1/x', 'https://[fd00::1]/x', 'http://8.8.8.8/'])
      await expect(boss.call('addWebhook', {}, { name: 'In', url, events: chosen })).rejects.toThrow();
    await expect(
      anna.call('addWebhook', {}, { name: 'X', url: 'https://8.8.8.8/', events: chosen }),
    ).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

let readers = 0;
async function signInAs(role: 'auditor'): Promise<Person> {
  return site.person(`Granskare${++readers}`, role);
}

describe('A6.4 a key of another system', () => {
  const ask = (secret: string, path: string, more: RequestInit = {}) =>
    fetch(`${site.relay.url}${path}`, {
      ...more,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    });
  const make = (name: string, ...held: (keyof typeof scopes)[]) =>
    boss.call('addApiKey', {}, { name, scopes: held, days: 30 });
  // biome-ignore lint/suspicious/noExplicitAny: what a program without our types would see
  const jsonOf = async (answer: Promise<Response>): Promise<any> => (await answer).json();
  const fill = (path: string) => path.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000');

  it('A6.4 lets through exactly what its scopes say: each route, over the API, with its own scope and with all others', async () => {
    const keyOf = async (held: readonly (keyof typeof scopes)[]) => (await make(`Rutt ${++made}`, ...held)).secret;
    let made = 0;
    const every = await keyOf(scopeNames);
    const only = new Map<string, string>();
    const without = new Map<string, string>();
    for (const scope of scopeNames) {
      only.set(scope, await keyOf([scope]));
      without.set(scope, await keyOf(scopeNames.filter((one) => one !== scope)));
    }
    for (const [name, { method, path, action }] of Object.entries(routes) as [string, Route][]) {
      const answers = async (secret = '') => {
        const send = () => ask(secret, fill(path), { method, ...(method === 'POST' && { body: '{}' }) });
        let answer = await send();
        // The allowance of a key is smaller than the table.
        for (; answer.status === 429; answer = await send()) await clock.sleep(seconds(1));
        return answer.status;
      };
      const scope = scopeNames.find((one) => action !== undefined && keyMay([one], action));
      if (scope === undefined) expect([name, await answers(every)]).toEqual([name, 403]);
      else {
        expect([name, await answers(without.get(scope))]).toEqual([name, 403]);
        // What may be asked is refused for its empty body at most, or for a time that is not said.
        const answer = await answers(only.get(scope));
        expect([name, answer]).toEqual([name, expect.toBeOneOf([200, 400])]);
      }
    }
  });

  it('has in its scopes nothing that shows a picture, answers an alarm or manages', () => {
    const held = new Set<Action>(Object.values(scopes).flat());
    for (const action of [
      'look',
      'answer-alarms',
      'have-session',
      'see-desk',
      'manage-connections',
      'manage-people',
      'read-clients',
    ] as const)
      expect([action, held.has(action)]).toEqual([action, false]);
    expect([...held].filter((action) => !(action in permissions))).toEqual([]);
  });

  it('A6.5 reads alarms, looks and visits by alias, without staff, and each use is in the log by its name', async () => {
    const { secret, key } = await make('Statistik', 'read:alarms', 'read:visits', 'read:looks');
    await using unit = await newUnit('Linden 4');
    const alarm = await falls(unit);
    await anna.call('takeAlarm', { alarm });
    await anna.call('closeAlarm', { alarm }, { verdict: 'help-needed' });
    const alarms = await jsonOf(ask(secret, '/api/alarms'));
    const visits = await jsonOf(ask(secret, '/api/visits'));
    expect(alarms.items.find((one: { alarm: string }) => one.alarm === alarm)).toMatchObject({
      client: 'Linden 4',
      verdict: 'help-needed',
    });
    expect(visits.items.some((one: { alarm: string }) => one.alarm === alarm)).toBe(true);
    expect(JSON.stringify([alarms, visits])).not.toContain('Anna');
    const csv = await (await ask(secret, '/api/outcomes.csv')).text();
    expect(csv.split('\r\n')[0]).toBe(
      '"kind","id","client","unit","reason","attempt","due_or_needed","begun","first_picture","ended","outcome","follows"',
    );
    expect(csv).toContain('"visit"');
    const reader = await signInAs('auditor');
    const { lines } = await reader.call('audit', { who: 'API Statistik' });
    expect(
      lines
        .filter(({ what }) => what === 'api-used')
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(['exportOutcomes', 'listAlarms', 'listVisits']);
    expect((await boss.call('connections')).keys.find((one) => one.key === key.key)).toHaveProperty('lastUsedAt');
    expect(JSON.stringify(await boss.call('connections'))).not.toContain(secret);
  });

  it('A8.5 what came of looks and visits is a file for whoever may read them', async () => {
    const response = await fetch(`${site.relay.url}/api/outcomes.csv`, { headers: { cookie: anna.cookie } });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect((await response.text()).split('\r\n').length).toBeGreaterThan(2);
  });

  it('opens no socket, and a cookie beside it counts for nothing', async () => {
    const { secret } = await make('Socket', ...scopeNames);
    for (const path of [sockets.live, `${sockets.viewer}?look=00000000-0000-4000-8000-000000000000`, sockets.unit])
      await expect(openSocket(`${site.relay.url}${path}`, { authorization: `Bearer ${secret}` })).rejects.toMatchObject(
        { fields: { status: 401 } },
      );
    const both = await fetch(`${site.relay.url}/api/me`, {
      headers: { authorization: `Bearer ${secret}`, cookie: anna.cookie },
    });
    expect(both.status).toBe(403);
  });

  it('ends: revoked at once, also what is being answered; run out; never there', async () => {
    const { secret, key } = await make('Kort', 'read:alarms');
    expect((await ask(secret, '/api/alarms')).status).toBe(200);
    await boss.call('revokeApiKey', { key: key.key });
    expect([(await ask(secret, '/api/alarms')).status, (await ask('nf_none', '/api/alarms')).status]).toEqual([
      401, 401,
    ]);
    const cut = await make('Avbruten', 'write:people');
    const people = Array.from({ length: 40 }, (_, number) => `cut${number}@testby.se,Cut ${number},operator`);
    const body = JSON.stringify({ csv: ['email,name,role', ...people].join('\n'), dryRun: false });
    const answering = ask(cut.secret, '/api/people/import', { method: 'POST', body }).then(
      () => 'answered',
      () => 'cut',
    );
    await vi.waitFor(
      async () => expect((await boss.call('people')).people.some(({ email }) => email === 'cut0@testby.se')).toBe(true),
      waits,
    );
    await boss.call('revokeApiKey', { key: cut.key.key });
    expect(await answering).toBe('cut');
    const many = async () => (await boss.call('people')).people.filter(({ email }) => email.startsWith('cut')).length;
    expect(await many()).toBeLessThan(40);
    const old = await make('Gammal', 'read:alarms');
    {
      using disk = openDisk(site.database);
      disk.exec('pragma busy_timeout = 5000');
      disk.prepare('update api_keys set expires_at = 1 where key = ?').run(old.key.key);
    }
    expect((await ask(old.secret, '/api/alarms')).status).toBe(401);
  });

  it('is answered so many times in a minute, and then again when a minute has gone by', async () => {
    const still = movedClock();
    await using store = await openStore(':memory:');
    const keys = openApiKeys({ store, clock: still, audit: openAudit(store, still), newId: randomUUID });
    const who = {
      id: 'b',
      session: 's',
      name: 'Chef',
      email: '',
      role: 'administrator',
      organisation: 'own',
      assurance: 1,
    } as const;
    const { secret } = orThrow(await keys.add(who, { name: 'Ivrig', scopes: ['read:alarms'], days: 1 }));
    const asked = async () => {
      const admitted = await keys.admit(`Bearer ${secret}`, { route: 'listAlarms', action: 'read-alarms' }, '::1');
      return admitted instanceof Fault ? admitted.code : 'admitted';
    };
    const answers: string[] = [];
    for (let turn = 0; turn < 61; turn++) answers.push(await asked());
    expect([answers.indexOf('too-many-requests'), answers.length]).toEqual([60, 61]);
    await still.advance(seconds(60));
    expect(await asked()).toBe('admitted');
  });

  it('A5.9 brings people in line with a file: a dry run first, no administrator, no password for a key', async () => {
    const { secret } = await make('Personal', 'write:people');
    await site.person('Gun', 'operator');
    const csv = [
      '\uFEFFEmail;Name;Role;Active',
      'ny@testby.se;Nya Nilsson;night-patrol;ja',
      'gun@testby.se;Gun;coordinator;ja',
      'chef@testby.se;Chef;operator;ja',
      'ny@testby.se;Nya Igen;operator;ja',
      'x@testby.se;Xa;administrator;ja',
      'ingen;I;operator;',
      'anna@testby.se;Anna;operator;',
    ].join('\r\n');
    const send = async (dryRun: boolean) =>
      jsonOf(ask(secret, '/api/people/import', { method: 'POST', body: JSON.stringify({ csv, dryRun }) }));
    const emails = async () => (await boss.call('people')).people.map(({ email, role }) => `${email} ${role}`);
    const before = await emails();
    const dry = await send(true);
    const whats = ['added', 'role-changed', 'wrong', 'wrong', 'wrong', 'wrong', 'same'];
    expect(dry.people.map(({ what }: { what: string }) => what)).toEqual(whats);
    expect(dry.people.map(({ line }: { line: number }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(await emails()).toEqual(before);
    const done = await send(false);
    expect(done.people.map(({ what }: { what: string }) => what)).toEqual(whats);
    expect(JSON.stringify(done)).not.toContain('password');
    expect(await emails()).toEqual(
      expect.arrayContaining([
        'ny@testby.se night-patrol',
        'gun@testby.se coordinator',
        'chef@testby.se administrator',
      ]),
    );
    const again = await boss.call(
      'importPeople',
      {},
      { csv: 'email,name,role\nmia@testby.se,Mia,operator\n', dryRun: false },
    );
    const made = again.people[0];
    expect(made).toMatchObject({ what: 'added' });
    await signIn(site.relay, 'mia@testby.se', made?.password);
    const gone = await boss.call(
      'importPeople',
      {},
      { csv: 'email,name,role,active\nmia@testby.se,Mia,operator,no\n', dryRun: false },
    );
    expect(gone.people).toMatchObject([{ what: 'removed' }]);
    await expect(boss.call('importPeople', {}, { csv: 'namn\nx', dryRun: true })).rejects.toMatchObject({
      code: 'request-invalid',
    });
  });
});
