/** Statements that are kept for the next time answer as fresh ones would: after a change of a table, beside a reading that goes on, and however many there are. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteDialect } from '@nattfrid/relay/store/sqlite/dialect';
import { Kysely, sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';

interface Tables {
  readonly beds: { readonly bed: number; readonly room?: string };
}

const folder = mkdtempSync(join(tmpdir(), 'nattfrid-statements-'));
const open = () => new Kysely<Tables>({ dialect: sqliteDialect(join(folder, 'beds.sqlite')) });
const db = open();
await sql`create table beds (bed integer)`.execute(db);
await db
  .insertInto('beds')
  .values([{ bed: 1 }, { bed: 2 }, { bed: 3 }])
  .execute();
const all = (from: Kysely<Tables>) => from.selectFrom('beds').selectAll().orderBy('bed').execute();

describe('a statement that is asked again', () => {
  afterAll(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });

  it('gives what has been written since', async () => {
    expect(await all(db)).toHaveLength(3);
    await db.insertInto('beds').values({ bed: 4 }).execute();
    expect(await all(db)).toHaveLength(4);
  });

  it('is whole where a reading of the same, row by row, was broken off before', async () => {
    const query = db.selectFrom('beds').selectAll().orderBy('bed');
    const reading = query.stream()[Symbol.asyncIterator]();
    await reading.next();
    await reading.return?.();
    expect(await query.execute()).toHaveLength(4);
  });

  it('knows a column that this relay, or another program, has added', async () => {
    await all(db);
    await using other = { db: open(), [Symbol.asyncDispose]: () => other.db.destroy() };
    await sql`alter table beds add column room text default 'Sovrum'`.execute(other.db);
    expect((await all(db))[0]).toEqual({ bed: 1, room: 'Sovrum' });
    await sql`alter table beds add column floor text default '2'`.execute(db);
    expect((await all(db))[0]).toEqual({ bed: 1, room: 'Sovrum', floor: '2' });
  });

  it('is one of hundreds, of which each keeps its own parameters', async () => {
    for (let length = 1; length <= 500; length++) {
      const beds = Array.from({ length }, (_, index) => index + 3);
      const found = await db.selectFrom('beds').select('bed').where('bed', 'in', beds).orderBy('bed').execute();
      expect(found.map(({ bed }) => bed)).toEqual(length === 1 ? [3] : [3, 4]);
    }
  });

  it('can be asked again after it has failed', async () => {
    await sql`create unique index one_bed on beds (bed)`.execute(db);
    const add = (bed: number) => db.insertInto('beds').values({ bed }).execute();
    await add(10);
    await expect(add(10)).rejects.toThrow('UNIQUE');
    await add(11);
    expect((await all(db)).map(({ bed }) => bed)).toEqual([1, 2, 3, 4, 10, 11]);
  });
});
