/** Who may come to the desk, what it shows live, and what stands in the log and in the tables behind it. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goLive } from '@nattfrid/relay/api/live';
import { checkSettings } from '@nattfrid/relay/config/load';
import { openRelay } from '@nattfrid/relay/relay';
import { openCrowd } from '@nattfrid/relay/socket/crowd';
import { openDoor } from '@nattfrid/relay/socket/door';
import { openGuests } from '@nattfrid/relay/socket/guests';
import { openRemote } from '@nattfrid/relay/socket/remote';
import type { Socket as RelaySocket } from '@nattfrid/relay/socket/socket';
import { openHub } from '@nattfrid/relay/tell/hub';
import { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { VisitView } from '@nattfrid/shared/desk/visit-view';
import { type Logger, silent } from '@nattfrid/shared/log/logger';
import { systemClock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import type { Vitals } from '@nattfrid/shared/wire/vitals';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type Disk, openDisk } from '../../support/disk.ts';
import { closing, openSocket, type Person, password, signIn } from '../../support/person.ts';
import { aFall } from '../../support/relay-samples.ts';
import { openSite, orThrow, type Site } from '../../support/relay-under-test.ts';
import { connectUnit } from '../../support/speaking-unit.ts';
import { onPostgres } from '../../support/test-database.ts';

let site: Site;
let anna: Person;
let eva: Person;
beforeAll(async () => {
  site = await openSite({ settings: { beatSeconds: 0.2 } });
  [anna, eva] = [await site.person('Anna', 'operator'), await site.person('Eva', 'coordinator')];
});
afterAll(() => site[Symbol.asyncDispose]());

const post = (path: string, headers: Record<string, string>, body: unknown = {}) =>
  fetch(`${site.relay.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('staff', () => {
  it('sign in with a cookie that no script and no other site can use', async () => {
    const response = await post('/api/sign-in', {}, { email: 'anna@testby.se', password });
    expect(response.headers.get('cache-control')).toBe('no-store');
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    const { id, ...me } = (await response.json()) as { id: string };
    expect(me).toEqual({
      ...{ name: 'Anna', email: 'anna@testby.se', role: 'operator', organisation: 'own' },
      assurance: 1,
    });
    expect(id).toMatch(/^\w{8,}$/);
  });

  it('are refused in the same words, whether the person or the password is wrong', async () => {
    const answers = [];
    for (const email of ['anna@testby.se', 'nobody@testby.se']) {
      const response = await post('/api/sign-in', {}, { email, password: 'wrong password' });
      answers.push([response.status, await response.text()]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(401);
  });

  it('cannot make themselves an account', async () => {
    for (const path of ['/api/sign-up', '/api/auth/sign-up/email']) expect((await post(path, {})).status).toBe(404);
  });

  it('have nothing without a session, and nothing after signing out', async () => {
    expect((await fetch(`${site.relay.url}/api/desk`)).status).toBe(401);
    const person = await signIn(site.relay, 'anna@testby.se');
    await person.call('signOut');
    await expect(person.desk()).rejects.toMatchObject({ fields: { status: 401 } });
  });

  it('do what their role allows', async () => {
    await expect(eva.call('takeAlarm', { alarm: randomUUID() })).rejects.toMatchObject({ fields: { status: 403 } });
    await expect(anna.call('audit')).rejects.toMatchObject({ fields: { status: 403 } });
    await expect(anna.call('takeAlarm', { alarm: randomUUID() })).rejects.toMatchObject({ fields: { status: 404 } });
    await expect(anna.call('takeAlarm', { alarm: 'x' })).rejects.toMatchObject({ fields: { status: 400 } });
  });

  it('are not acted for by another page', async () => {
    const evil = { cookie: anna.cookie, origin: 'http://evil.se' };
    expect((await post('/api/sign-out', evil)).status).toBe(403);
    await expect(openSocket(`${site.relay.url}/live`, evil)).rejects.toMatchObject({ fields: { status: 403 } });
    expect(
      (await post('/api/sign-out', { cookie: anna.cookie, origin: site.relay.url, 'sec-fetch-site': 'cross-site' }))
        .status,
    ).toBe(403);
    expect((await anna.call('me')).name).toBe('Anna');
  });

  it('are told in words what is wrong with a request', async () => {
    const bad = await fetch(`${site.relay.url}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect([bad.status, ((await bad.json()) as { code: string }).code]).toEqual([400, 'request-invalid']);
  });
});

describe('the live stream', () => {
  const listen = (socket: WebSocket): LiveEvent[] => {
    const events: LiveEvent[] = [];
    socket.on('message', (data: Buffer) => events.push(LiveEvent.parse(JSON.parse(data.toString('utf8')))));
    return events;
  };

  it('shows the whole desk first, then each change, and beats', async () => {
    const home = await site.unit('live-1');
    const socket = await anna.socket('/live');
    const events = listen(socket);
    await vi.waitFor(() => expect(events[0]?.type).toBe('desk'));
    await using unit = await connectUnit(site.relay, home);
    const fall = aFall();
    await unit.say('alarm-report', fall);
    await vi.waitFor(() =>
      expect(events).toContainEqual(
        expect.objectContaining({ type: 'alarm', alarm: expect.objectContaining({ alarm: fall.alarm }) }),
      ),
    );
    await vi.waitFor(() => expect(events.at(-1)?.type).toBe('beat'));
    socket.close();
  });

  it('tells units in brief to whoever asks, once for each change, compressed; all figures are read for one', async () => {
    const home = await site.unit('live-2');
    const [whole, short] = [await anna.socket('/live'), await anna.socket('/live?units=brief')];
    const usual = new WebSocket(`${site.relay.url.replace('http', 'ws')}/live`, { headers: { cookie: anna.cookie } });
    await new Promise((resolve) => usual.once('open', resolve));
    expect(usual.extensions).toContain('permessage-deflate');
    usual.close();
    const [told, brief] = [whole, short].map((socket) => {
      const events = listen(socket);
      return () =>
        events.flatMap((event) => (event.type === 'unit' && event.unit.unit === 'live-2' ? [event.unit] : []));
    }) as [() => UnitView[], () => UnitView[]];
    await using unit = await connectUnit(site.relay, home);
    for (const uptimeSeconds of [1, 2, 3]) await unit.say('vitals', { ...vitals, uptimeSeconds });
    await vi.waitFor(() => expect(told().at(-1)?.vitals?.uptimeSeconds).toBe(3));
    await unit.say('vitals', { ...vitals, camera: 'lost' });
    await vi.waitFor(() => expect(brief().at(-1)?.vitals?.camera).toBe('lost'));
    // It came, it told how it is, its camera was lost: three beats that say the same are told once.
    expect(brief().length).toBeLessThan(told().length);
    expect(brief().filter((one) => one.vitals?.camera === 'connected')).toHaveLength(1);
    expect(brief().every((one) => one.vitals?.uptimeSeconds === undefined)).toBe(true);
    expect((await anna.call('unit', { unit: 'live-2' })).vitals?.memoryMegabytes).toBe(vitals.memoryMegabytes);
    await expect(anna.call('unit', { unit: 'nowhere' })).rejects.toMatchObject({ fields: { status: 404 } });
    for (const socket of [whole, short]) socket.close();
  });

  it('is for nobody who is not signed in, and ends with the session', async () => {
    await expect(openSocket(`${site.relay.url}/live`, {})).rejects.toMatchObject({ fields: { status: 401 } });
    const person = await signIn(site.relay, 'anna@testby.se');
    const socket = await person.socket('/live');
    const closed = closing(socket);
    await person.call('signOut');
    expect(await closed).toBe(4001);
  });

  it('cuts one who does not read, and the others go on', async () => {
    const hub = openHub();
    const server = createServer();
    const empty = { alarms: [], looks: [], visits: [], units: [] };
    const parts = {
      hub,
      clock: systemClock,
      beat: seconds(60),
      readDesk: async () => empty,
      seen: (_who: unknown, event: LiveEvent) => event,
      canSave: () => true,
      failed() {},
    };
    const admit = async () => ({
      welcome: (socket: RelaySocket) =>
        goLive(parts, socket, { id: 'anna', session: 's', organisation: 'own', role: 'operator' }),
    });
    using _door = openDoor({
      server,
      entrances: { '/live': { longest: 1024, admit } },
      guests: openGuests(),
      remote: openRemote([]),
      crowd: openCrowd({ perAddress: 100, clock: systemClock, log: silent }),
      clock: systemClock,
      log: silent,
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/live`;
    const [slow, quick] = [await openSocket(url, {}), await openSocket(url, {})];
    const events = listen(quick);
    await vi.waitFor(() => expect(hub.listeners).toBe(2));
    (slow as unknown as { _socket: Socket })._socket.pause();
    const visit = { ...aVisit, outcome: 'x'.repeat(500) };
    let told = 0;
    while (hub.listeners === 2 && told < 100_000) {
      for (let more = 0; more < 500; more++) hub.tell({ type: 'visit', visit });
      told += 500;
      await vi.waitFor(() => expect(events).toHaveLength(told + 1), { interval: 1, timeout: 10_000 });
    }
    expect(hub.listeners).toBe(1);
    for (const socket of [slow, quick]) socket.terminate();
    server.close();
  });
});

const vitals: Vitals = {
  ...{ uptimeSeconds: 1, camera: 'connected', picturesPerSecond: 10, analysedPerSecond: 7.6 },
  ...{ droppedPictures: 0, outboxDepth: 0, memoryMegabytes: 412, lookOpen: false },
};

const aVisit: VisitView = {
  visit: '00000000-0000-4000-8000-000000000001' as never,
  unit: 'unit-1' as never,
  client: 'Anna 3' as never,
  why: 'help-needed',
  state: 'done',
  neededAt: '2026-11-22T00:00:00.000Z',
};

describe('the audit log', () => {
  it('is whole, and shows who read it', async () => {
    const { lines, whole } = await eva.call('audit');
    expect(whole).toBe(true);
    expect(lines[0]).toMatchObject({ who: 'Eva', what: 'audit-read' });
  });

  it.for([
    ['changed', `update audit set who = 'Somebody' where number = 3`],
    ['taken out', 'delete from audit where number = 3'],
  ])('shows a line that was %s, at once and at the next start', async ([, harm]) => {
    await using other = await openSite();
    const coordinator = await other.person('Eva', 'coordinator');
    for (let read = 0; read < 3; read++) await coordinator.call('plan', { unit: 'any' });
    using disk = openDisk(other.database);
    disk.exec(harm!);
    expect((await coordinator.call('audit')).whole).toBe(false);
    await other.relay[Symbol.asyncDispose]();
    const told: string[] = [];
    const log: Logger = { ...silent, error: (sentence) => void told.push(sentence) };
    const around = { clock: systemClock, log, newId: randomUUID };
    await using _relay = await openRelay(orThrow(checkSettings(other.settings)), around);
    await vi.waitFor(() => expect(told).toEqual(['The audit log is broken']));
  });
});

describe('the tables', () => {
  interface Shown {
    readonly table: string;
    /** As it was made: with what each column takes. */
    readonly sql: string;
    readonly columns: readonly { readonly name: string; readonly type: string }[];
  }
  const tables = (): readonly Shown[] => {
    using disk = openDisk(site.database, { readOnly: true });
    if (onPostgres) return tablesOnPostgres(disk);
    const found = disk
      .prepare(
        `select name, sql from sqlite_master where type = 'table' and name not like 'kysely_%' and name not like 'sqlite_%'`,
      )
      .all();
    return found.map(({ name, sql }) => ({
      table: String(name),
      sql: String(sql),
      columns: disk.prepare(`select name, lower(type) as type from pragma_table_info('${name}')`).all() as never,
    }));
  };

  /** What PostgreSQL made of the same words, said as SQLite keeps them. */
  function tablesOnPostgres(disk: Disk): readonly Shown[] {
    const columns = disk
      .prepare(
        `select c.table_name as table, c.column_name as name, c.data_type as type, (
          select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k join pg_attribute a
            on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
          where k.contype = 'c' and k.conrelid = (quote_ident(c.table_name))::regclass and a.attname = c.column_name) as bound
        from information_schema.columns c
        where c.table_schema = 'nattfrid' and c.table_name not like 'kysely_%' order by 1, 2`,
      )
      .all();
    const named = Map.groupBy(columns, ({ table }) => String(table));
    return [...named].map(([table, of]) => ({
      table,
      columns: of.map(({ name, type }) => ({ name: String(name), type: String(type) })),
      sql: of
        .map(({ name, bound }) => {
          const longest = /<= (\d+)/.exec(String(bound))?.[1];
          return `"${name}" text check (${longest ? `length("${name}") <= ${longest}` : `"${name}" is null`})`;
        })
        .join(', '),
    }));
  }

  it('have no room for a picture: whole numbers, and texts of bounded length', () => {
    const roomy = tables().flatMap(({ table, sql, columns }) =>
      columns
        .filter(({ name, type }) => {
          if (type === 'bigint' || type === 'integer') return false;
          if (type !== 'text') return true;
          const bound = sql.match(
            new RegExp(`"${name}" text[^,]*?check \\((?:length\\("${name}"\\) <= (\\d+)|"${name}" is (null))\\)`),
          );
          return !bound || Number(bound[1] ?? 0) > 64 * 1024;
        })
        .map(({ name }) => `${table}.${name}`),
    );
    expect(roomy).toEqual([]);
    expect(tables().length).toBeGreaterThan(9);
  });

  it('name nobody but staff, and no picture', () => {
    const named = tables().flatMap(({ table, columns }) =>
      columns
        .filter(({ name }) => /name|person|address|phone|picture|image|photo|frame|thumb|video/i.test(name))
        .map(({ name }) => `${table}.${name}`),
    );
    // The kind of a message; of staff and whom they work for; and a column that the sign-in library wants, which takes nothing.
    expect(named.sort()).toEqual([
      'authenticators.person',
      'operators.image',
      'operators.name',
      'organisations.name',
      // What somebody of the staff calls their own passkey.
      'passkeys.name',
      'passkeys.person',
      'received.name',
      'recovery_codes.person',
      'sessions.ipAddress',
      'sign_in_news.person',
      // Which check of a unit it is, and who of the staff sees to what is wrong with it.
      'unit_checks.name',
      'unit_checks.owner_name',
    ]);
    using disk = openDisk(site.database);
    expect(() => disk.exec(`update operators set image = 'x'`)).toThrow(/check constraint/i);
  });

  it('keep no token and no password', async () => {
    const { token } = await site.unit('secretive');
    using disk = openDisk(site.database, { readOnly: true });
    const all = JSON.stringify(tables().map(({ table }) => disk.prepare(`select * from ${table}`).all()));
    expect(all).toContain('secretive');
    expect(all).not.toContain(token);
    expect(all).not.toContain(password);
  });
});

it('every answer forbids scripts and frames that are not ours', async () => {
  for (const path of ['/healthz', '/api/desk', '/nowhere']) {
    const policy = (await fetch(`${site.relay.url}${path}`)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
  }
});

it('only the worker that opens pictures may run WebAssembly', async () => {
  const mayRun = async (path: string) =>
    (await fetch(`${site.relay.url}${path}`)).headers.get('content-security-policy')?.includes("'wasm-unsafe-eval'");
  expect(await mayRun('/assets/picture-worker-a1B2_c3.js')).toBe(true);
  for (const path of ['/', '/assets/index.js', '/look/assets/picture-worker.js', '/assets/picture-worker/x.js'])
    expect(await mayRun(path)).toBe(false);
});

it('the console is served from its folder, whatever page of it is asked for; a folder without one is told at the start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nattfrid-console-'));
  try {
    await expect(openSite({ settings: { console: folder } })).rejects.toMatchObject({ code: 'file-missing' });
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Nattfrid</title>');
    writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'export {};');
    await using other = await openSite({ settings: { console: folder } });
    const get = async (path: string) => {
      const response = await fetch(`${other.relay.url}${path}`);
      return [response.status, response.headers.get('content-type'), response.headers.get('cache-control')];
    };
    const page = [200, 'text/html; charset=utf-8', 'no-store'];
    expect([await get('/'), await get('/look/42')]).toEqual([page, page]);
    expect(await get('/assets/app-1a2b.js')).toEqual([
      200,
      expect.stringContaining('javascript'),
      'public, max-age=31536000, immutable',
    ]);
    for (const path of ['/api/nothing', '/assets/picture-worker-old.js'])
      expect(await get(path)).toEqual([404, expect.stringContaining('json'), 'no-store']);
    expect((await get('/%2e%2e/%2e%2e/etc/passwd'))[1]).not.toContain('plain');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
