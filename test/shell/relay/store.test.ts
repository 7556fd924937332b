/** What the relay saves is saved whole or not at all, and where nothing can be saved it says why. */
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store, type Tx } from '@nattfrid/relay/store/database';
import { Fault } from '@nattfrid/shared/fault/fault';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSmallDisk, smallDiskMissing } from '../../support/small-disk.ts';

const why = smallDiskMissing();
if (why) console.log(`SKIPPED: the store on a full disk is not tried: ${why}.`);

const note = ({ db }: Tx, id: string) =>
  db.insertInto('received').values({ id, unit: 'unit-1', name: 'vitals', at: 1 }).execute();
const noted = async (store: Store) =>
  (await store.db.selectFrom('received').select('id').orderBy('id').execute()).map(({ id }) => id);
const failed = (deed: Promise<unknown>) =>
  deed.then(
    () => 'saved',
    (error: unknown) => error,
  );

describe('the store', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nattfrid-store-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = () => join(folder, 'relay.sqlite');

  it('commits nothing of a transaction in which a statement has failed, though its error was caught', async () => {
    await using store = await openStore(file());
    const told: (string | undefined)[] = [];
    using _watching = store.onWrite((fault) => told.push(fault?.code));
    const outcome = await failed(
      store.write(async (tx) => {
        await note(tx, 'before');
        await note(tx, 'before').catch(() => {});
        await note(tx, 'after');
        tx.after(() => told.push('told'));
      }),
    );
    expect(String(outcome)).toContain('UNIQUE constraint failed');
    expect(await noted(store)).toEqual([]);
    expect(told).toEqual([]);
    await store.write((tx) => note(tx, 'later'));
    expect(await noted(store)).toEqual(['later']);
  });

  it('gives whoever reads several things one moment of them, and lets nothing be written there', async () => {
    await using store = await openStore(file());
    await store.write((tx) => note(tx, 'one'));
    expect(await store.read(async (db) => (await db.selectFrom('received').selectAll().execute()).length)).toBe(1);
  });

  it('says at the start that a page is damaged, and what to do', async () => {
    {
      await using store = await openStore(file());
      for (let number = 0; number < 400; number++) await store.write((tx) => note(tx, `id-${number}`));
      await sql`pragma wal_checkpoint(truncate)`.execute(store.db);
    }
    const damaged = openSync(file(), 'r+');
    const { size } = statSync(file());
    for (let page = 8; page * 4096 < size; page += 3)
      writeSync(damaged, Buffer.alloc(2048, 0x5a), 0, 2048, page * 4096);
    closeSync(damaged);
    const outcome = await failed(openStore(file()));
    expect(outcome).toBeInstanceOf(Fault);
    expect(String(outcome)).toMatch(/damaged.*restore the newest backup: nattfrid-relay restore FILE/s);
  });

  describe.skipIf(why !== undefined)('on a small disk', () => {
    it('says that the disk is full, saves nothing of what it was told then, and goes on when there is room', async () => {
      using disk = openSmallDisk(4);
      await using store = await openStore(join(disk.folder, 'relay.sqlite'));
      const told: (string | undefined)[] = [];
      using _watching = store.onWrite((fault) => told.push(fault?.code));
      await store.write((tx) => note(tx, 'before'));
      disk.fill();
      const big = 'x'.repeat(190);
      const outcome = await failed(
        store.write(async (tx) => {
          for (let number = 0; number < 2000; number++) await note(tx, `${big}${number}`).catch(() => {});
          await note(tx, 'after').catch(() => {});
        }),
      );
      expect(outcome).toMatchObject({ code: 'cannot-save' });
      expect(String(outcome)).toContain('the disk is full');
      expect(await noted(store)).toEqual(['before']);
      disk.empty();
      await store.write((tx) => note(tx, 'later'));
      expect(await noted(store)).toEqual(['before', 'later']);
      expect(told).toEqual([undefined, 'cannot-save', undefined]);
    });

    it('says that the database may only be read, and is read all the same', async () => {
      using disk = openSmallDisk(4);
      await using store = await openStore(join(disk.folder, 'relay.sqlite'));
      await store.write((tx) => note(tx, 'before'));
      await sql`pragma query_only = on`.execute(store.db);
      const outcome = await failed(store.write((tx) => note(tx, 'after')));
      expect(String(outcome)).toContain('may only be read');
      expect(await store.read((db) => db.selectFrom('received').select('id').execute())).toEqual([{ id: 'before' }]);
    });
  });
});
