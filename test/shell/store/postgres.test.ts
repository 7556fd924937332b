import { openStore, openToRead, type Store, type Tx } from '@nattfrid/relay/store/database';
import { holdDatabase } from '@nattfrid/relay/store/hold';
import { Fault } from '@nattfrid/shared/fault/fault';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { sql } from 'kysely';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { ask, openPostgres, type Postgres, postgresMissing } from '../../stand-ins/postgres/postgres.ts';
import { aFall } from '../../support/relay-samples.ts';
import { openSite } from '../../support/relay-under-test.ts';
import { openSmallDisk, smallDiskMissing } from '../../support/small-disk.ts';
import { connectUnit } from '../../support/speaking-unit.ts';

const why = postgresMissing();
if (why) console.log(`SKIPPED: a relay on PostgreSQL is not tried: ${why}.`);

const scope = new AsyncDisposableStack();
afterAll(() => scope.disposeAsync());
const postgres = why ? (undefined as never) : scope.use(await openPostgres({ settings: { max_connections: '20' } }));
let made = 0;
function newAddress(of: Postgres = postgres, over?: 'tcp'): string {
  const name = `d${made++}`;
  of.createDatabase(name);
  return of.address(name, over);
}
const say = (address: string, text: string) =>
  ask(postgres.folder, postgres.port, new URL(address).pathname.slice(1), text);

const note = ({ db }: Tx, id: string) =>
  db.insertInto('received').values({ id, unit: 'unit-1', name: 'vitals', at: 1 }).execute();
const noted = async (store: Store) =>
  (await store.db.selectFrom('received').select('id').orderBy('id').execute()).map(({ id }) => id);
const refusal = async (deed: Promise<unknown>): Promise<Fault> => {
  const met = await deed.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(met).toBeInstanceOf(Fault);
  return met as Fault;
};
const healthOf = async ({ url }: { readonly url: string }) => {
  const response = await fetch(`${url}/healthz`);
  return { status: response.status, ...((await response.json()) as { words?: string }) };
};

describe.skipIf(why !== undefined)('a store on PostgreSQL', () => {
  it('says that PostgreSQL is away, saves nothing meanwhile, and goes on by itself when it is back', async () => {
    await using store = await openStore(newAddress());
    const told: (string | undefined)[] = [];
    using _watching = store.onWrite((fault) => told.push(fault?.code));
    await store.write((tx) => note(tx, 'before'));
    await postgres.stop('immediate');
    try {
      for (const deed of [
        store.write((tx) => note(tx, 'lost')),
        noted(store),
        store.read((db) => noted({ db } as Store)),
      ]) {
        const fault = await refusal(deed);
        expect(fault).toMatchObject({ code: 'cannot-save', fields: { why: 'no-database' } });
        expect(fault.message).toMatch(/PostgreSQL .* The relay goes on by itself when it is back/);
      }
      expect(told.slice(1)).toEqual(['cannot-save', 'cannot-save', 'cannot-save']);
    } finally {
      await postgres.start();
    }
    await store.write((tx) => note(tx, 'later'));
    expect(await noted(store)).toEqual(['before', 'later']);
  });

  it('saves nothing of a deed whose connection is cut in the middle, though the deed goes on', async () => {
    const address = newAddress();
    await using store = await openStore(address);
    const fault = await refusal(
      store.write(async (tx) => {
        await note(tx, 'one');
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.db);
        say(address, `select pg_terminate_backend(${rows[0]!.pid})`);
        await note(tx, 'two').catch(() => {});
        await note(tx, 'three').catch(() => {});
      }),
    );
    expect(fault).toMatchObject({ code: 'cannot-save', fields: { why: 'no-database' } });
    await store.write((tx) => note(tx, 'later'));
    expect(await noted(store)).toEqual(['later']);
  });

  it('tells all who wait to write at once that PostgreSQL is away', async () => {
    await using store = await openStore(newAddress());
    await postgres.stop('immediate');
    try {
      const writes = Array.from({ length: 200 }, (_, number) => refusal(store.write((tx) => note(tx, `${number}`))));
      for (const fault of await Promise.all(writes)) expect(fault.code).toBe('cannot-save');
    } finally {
      await postgres.start();
    }
    await store.write((tx) => note(tx, 'later'));
  });

  it('says that the database may only be read, and is read all the same', async () => {
    const address = newAddress();
    await (await openStore(address))[Symbol.asyncDispose]();
    say(address, `alter database ${new URL(address).pathname.slice(1)} set default_transaction_read_only = on`);
    const db = openToRead(address);
    expect(await db.selectFrom('received').selectAll().execute()).toEqual([]);
    await db.destroy();
    await using store = await openStore(address);
    const fault = await refusal(store.write((tx) => note(tx, 'one')));
    expect(fault).toMatchObject({ code: 'cannot-save', fields: { why: 'read-only' } });
    expect(fault.message).toMatch(/may only be read.*Name the primary/);
    expect(await noted(store)).toEqual([]);
  });

  it('says that there is no more room for connections, and who is not let in', async () => {
    const address = newAddress();
    await (await openStore(address))[Symbol.asyncDispose]();
    const name = new URL(address).pathname.slice(1);
    say(address, `create role crowded login connection limit 0; alter database ${name} owner to crowded`);
    const crowded = address.replace('user=nattfrid', 'user=crowded');
    expect((await refusal(openStore(crowded))).message).toMatch(/takes no more connections. Raise max_connections/);
    const unknown = address.replace('user=nattfrid', 'user=nobody-here');
    expect((await refusal(openStore(unknown))).message).toMatch(/does not let the relay in.*pg_hba.conf/);
    const missing = postgres.address('nowhere');
    expect((await refusal(openStore(missing))).message).toMatch(/no such database. Make it/);
  });

  it('never says its password', async () => {
    const secret = 'hemligt-lösenord-1';
    const address = `postgres://anna:${encodeURIComponent(secret)}@127.0.0.1:1/nattfrid`;
    const fault = await refusal(openStore(address));
    expect(fault.message).toContain('postgres://anna@127.0.0.1:1/nattfrid');
    const inspect = (await import('node:util')).inspect(fault, { depth: 9, showHidden: true });
    expect(inspect).not.toContain(secret);
    expect(inspect).not.toContain(encodeURIComponent(secret));
  });

  it('refuses a database that sorts by a language, and says how to make one', async () => {
    const name = `d${made++}`;
    say(postgres.address('postgres'), `create database ${name} template template0 locale 'C.UTF-8'`);
    const fault = await refusal(openStore(postgres.address(name)));
    expect(fault.message).toMatch(/sorts by C.UTF-8.*createdb --template=template0 --encoding=UTF8 --locale=C/);
  });

  it('is held by every node, and opened by none while it is replaced', async () => {
    const address = newAddress();
    {
      await using _one = await openStore(address);
      expect(await refusal(holdDatabase(address))).toMatchObject({ code: 'not-now' });
    }
    await using _held = await holdDatabase(address);
    expect((await refusal(openStore(address))).message).toContain('is being restored');
  });

  it.skipIf(smallDiskMissing() !== undefined)(
    'says that the disk of PostgreSQL is full, and goes on when there is room',
    {
      timeout: 60_000,
    },
    async () => {
      using disk = openSmallDisk(160);
      await using full = await openPostgres({
        in: disk.folder,
        settings: { wal_recycle: 'off', max_wal_size: '48MB' },
      });
      await using store = await openStore(newAddress(full));
      await store.write((tx) => note(tx, 'before'));
      disk.fill();
      const fault = await refusal(
        store.write(async (tx) => {
          for (let number = 0; number < 5000; number++) await note(tx, `${'x'.repeat(180)}${number}`);
        }),
      );
      expect(fault).toMatchObject({ fields: { why: 'full' } });
      expect(fault.message).toContain('the disk of PostgreSQL is full');
      disk.empty();
      await store.write((tx) => note(tx, 'later'));
      expect(await noted(store)).toEqual(['before', 'later']);
    },
  );

  it('a relay whose PostgreSQL is stopped is not well, says why, and is well again by itself; no alarm is lost', async () => {
    const clock = movedClock(instant(Date.parse('2026-11-21T21:00:00Z')));
    await using site = await openSite({ clock, settings: { database: newAddress() } });
    const anna = await site.person('Anna', 'operator');
    const home = await site.unit('unit-1');
    const fall = aFall();
    await postgres.stop('immediate');
    try {
      expect(await healthOf(site.relay)).toMatchObject({ status: 503, words: expect.stringContaining('PostgreSQL') });
    } finally {
      await postgres.start();
    }
    await clock.advance(seconds(2));
    await vi.waitFor(async () => expect(await healthOf(site.relay)).toMatchObject({ status: 200 }));
    await using unit = await connectUnit(site.relay, home, { over: 'tcp' });
    await unit.say('alarm-report', fall);
    expect((await anna.desk()).alarms.map(({ alarm }) => alarm)).toEqual([fall.alarm]);
  });
});
