/** What every engine of the relay's store does: whatever keeps it, the rest of the relay sees no difference. */
import { openAudit } from '@nattfrid/relay/audit/audit';
import { openStore, type Store, type Tx } from '@nattfrid/relay/store/database';
import { wordsOf } from '@nattfrid/relay/store/words/words-of';
import { systemClock } from '@nattfrid/shared/time/clock';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

const note = ({ db }: Tx, id: string) =>
  db.insertInto('received').values({ id, unit: 'unit-1', name: 'vitals', at: 1 }).execute();
const noted = async ({ db }: Pick<Store, 'db'>) =>
  (await db.selectFrom('received').select('id').orderBy('id').execute()).map(({ id }) => id);
const failed = (deed: Promise<unknown>) =>
  deed.then(
    () => 'saved',
    (error: unknown) => error,
  );

export interface StoreUnderTest {
  readonly name: string;
  /** A database of its own. */
  make(): Promise<string>;
  /** Several nodes may have it open, and write. */
  readonly manyNodes: boolean;
}

export function storeContract({ name, make, manyNodes }: StoreUnderTest): void {
  describe(`the store on ${name}`, () => {
    it('commits nothing of a transaction in which a statement has failed, though its error was caught', async () => {
      await using store = await openStore(await make());
      const told: (string | undefined)[] = [];
      using _watching = store.onWrite((fault) => told.push(fault?.code));
      const outcome = await failed(
        store.write(async (tx) => {
          await note(tx, 'before');
          await note(tx, 'before').catch(() => {});
          await note(tx, 'after').catch(() => {});
          tx.after(() => told.push('told'));
        }),
      );
      expect(String(outcome)).toMatch(/unique/i);
      expect(await noted(store)).toEqual([]);
      expect(told).toEqual([]);
      await store.write((tx) => note(tx, 'later'));
      expect(await noted(store)).toEqual(['later']);
      expect(told).toEqual([undefined]);
    });

    it('saves nothing of a deed that throws, and tells what hangs on it when it is saved alone', async () => {
      await using store = await openStore(await make());
      const told: string[] = [];
      const thrown = store.write(async (tx) => {
        await note(tx, 'one');
        tx.after(() => told.push('one'));
        throw new Error('changed its mind');
      });
      await expect(thrown).rejects.toThrow('changed its mind');
      await store.write(async (tx) => {
        tx.after(() => told.push('two'));
        await note(tx, 'two');
        tx.after(() => told.push('three'));
        expect(told).toEqual([]);
      });
      expect(told).toEqual(['two', 'three']);
      expect(await noted(store)).toEqual(['two']);
    });

    it('lets nobody write between what a deed reads and what it writes', async () => {
      const database = await make();
      await using one = await openStore(database);
      await using other = manyNodes ? await openStore(database) : undefined;
      await one.write((tx) => tx.db.insertInto('pulse').values({ slot: 1, at: 0 }).execute());
      const add = async ({ db }: Tx) => {
        const { at } = await db.selectFrom('pulse').select('at').executeTakeFirstOrThrow();
        await new Promise(setImmediate);
        await db
          .updateTable('pulse')
          .set({ at: at + 1 })
          .execute();
      };
      const stores = other ? [one, other] : [one];
      await Promise.all(Array.from({ length: 40 }, (_, number) => stores[number % stores.length]!.write(add)));
      expect((await one.db.selectFrom('pulse').select('at').executeTakeFirstOrThrow()).at).toBe(40);
    });

    it('saves each of many deeds that come at once by itself: one that fails takes no other with it, and each is told in its turn', async () => {
      await using store = await openStore(await make());
      const told: string[] = [];
      const outcomes = await Promise.all(
        Array.from({ length: 12 }, (_, number) =>
          failed(
            store.write(async (tx) => {
              await note(tx, `deed ${number}`);
              tx.after(() => told.push(`deed ${number}`));
              // Two in the middle: an error that is let through, and one that is caught by whoever met it.
              if (number === 4) throw new Error('changed its mind');
              if (number === 7) await note(tx, 'deed 2').catch(() => {});
              await note(tx, `and ${number}`);
            }),
          ),
        ),
      );
      const notSaved = [4, 7];
      const saved = outcomes.flatMap((_, number) => (notSaved.includes(number) ? [] : [number]));
      expect(saved.map((number) => outcomes[number])).toEqual(saved.map(() => 'saved'));
      expect(outcomes.map(String).filter((one) => one !== 'saved')).toEqual([
        'Error: changed its mind',
        expect.stringMatching(/unique|aborted/i),
      ]);
      expect(told).toEqual(saved.map((number) => `deed ${number}`));
      expect(await noted(store)).toEqual(
        saved.flatMap((number) => [`deed ${number}`, `and ${number}`]).toSorted((one, other) => (one < other ? -1 : 1)),
      );
    });

    it('saves nothing of many that come at once where what guards the whole refuses it, and tells nobody', async () => {
      const told: string[] = [];
      let isRefused = false;
      await using store = await openStore(await make(), async () => {
        if (isRefused) throw new Error('another is main');
      });
      await store.write((tx) => note(tx, 'before'));
      isRefused = true;
      const outcomes = await Promise.all(
        Array.from({ length: 5 }, (_, number) =>
          failed(
            store.write(async (tx) => {
              await note(tx, `deed ${number}`);
              tx.after(() => told.push('told'));
            }),
          ),
        ),
      );
      expect(outcomes.map(String)).toEqual(Array.from({ length: 5 }, () => 'Error: another is main'));
      expect(told).toEqual([]);
      expect(await noted(store)).toEqual(['before']);
    });

    it('keeps one chain of the audit log, however many write lines at once', async () => {
      const database = await make();
      await using one = await openStore(database);
      await using other = manyNodes ? await openStore(database) : undefined;
      const audits = [one, ...(other ? [other] : [])].map((store) => openAudit(store, systemClock));
      await Promise.all(
        Array.from({ length: 30 }, (_, number) =>
          audits[number % audits.length]!.write('Anna', 'signed-in', `line ${number}`, { operator: 'anna' }),
        ),
      );
      for (const audit of audits) expect(await audit.checkWhole()).toMatchObject({ type: 'whole', lines: 30 });
    });

    it('gives whoever reads several things one moment of them', async () => {
      await using store = await openStore(await make());
      await store.write((tx) => note(tx, 'one'));
      let writing: Promise<unknown> | undefined;
      const seen = await store.read(async (db) => {
        const before = await noted({ db });
        writing = store.write((tx) => note(tx, 'two'));
        await new Promise((resolve) => setTimeout(resolve, 20));
        return [before, await noted({ db })];
      });
      await writing;
      expect(seen).toEqual([['one'], ['one']]);
      expect(await noted(store)).toEqual(['one', 'two']);
    });

    it('takes no name out of none, and every name where none is left out', async () => {
      await using store = await openStore(await make());
      await store.write((tx) => note(tx, 'one'));
      const query = store.db.selectFrom('received').select('id');
      expect(await query.where('id', 'in', []).execute()).toEqual([]);
      expect(await query.where('id', 'not in', []).execute()).toEqual([{ id: 'one' }]);
      expect(await query.where((is) => is.or([is('id', 'in', []), is('unit', '=', 'unit-1')])).execute()).toHaveLength(
        1,
      );
      const deleted = await store.write(({ db }) => db.deleteFrom('received').where('id', 'in', []).executeTakeFirst());
      expect(Number(deleted.numDeletedRows)).toBe(0);
    });

    it('gives counts, sums, times and truths as numbers', async () => {
      await using store = await openStore(await make());
      const at = 1_780_000_000_123;
      for (const id of ['one', 'two'])
        await store.write(({ db }) => db.insertInto('received').values({ id, unit: 'u', name: 'n', at }).execute());
      const row = await store.db
        .selectFrom('received')
        .select(({ fn }) => [fn.countAll().as('many'), fn.sum('at').as('sum'), fn.max('at').as('newest')])
        .select(sql<number>`count(*) > 1`.as('several'))
        .executeTakeFirstOrThrow();
      expect(row).toEqual({ many: 2, sum: 2 * at, newest: at, several: 1 });
    });

    it('sorts texts by their bytes, and tells capitals apart', async () => {
      await using store = await openStore(await make());
      const ids = ['z', 'Östen', 'anna', 'Åsa', 'Anna', '_', 'åsa', '10', '9'];
      for (const id of ids) await store.write((tx) => note(tx, id));
      expect(await noted(store)).toEqual(['10', '9', 'Anna', '_', 'anna', 'z', 'Åsa', 'Östen', 'åsa']);
      const holding = (text: string) =>
        store.db.selectFrom('received').select('id').where(wordsOf(store.db).holds('id', text)).execute();
      expect(await holding('nn')).toHaveLength(2);
      expect(await holding('an')).toEqual([{ id: 'anna' }]);
      expect(await holding('ÅSA')).toEqual([]);
    });

    it('finds what stands in JSON, and nothing where there is nothing', async () => {
      await using store = await openStore(await make());
      const text = (column: string) => wordsOf(store.db).jsonText(column, 'who');
      await store.write(({ db }) =>
        db
          .insertInto('audit')
          .values({ number: 1, at: 'a', who: 'b', what: 'c', subject: 'd', details: '{"who":"Åsa"}', hash: 'h' })
          .execute(),
      );
      const found = await store.db
        .selectFrom('audit')
        .select([text('details').as('there'), wordsOf(store.db).jsonText('details', 'nobody').as('missing')])
        .execute();
      expect(found).toEqual([{ there: 'Åsa', missing: null }]);
    });

    it('saves a text with a sign that is none, and the chain of the log holds with it', async () => {
      await using store = await openStore(await make());
      await store.write((tx) => note(tx, 'a\0b'));
      expect((await noted(store))[0]).toMatch(/^a.b$/s);
      const audit = openAudit(store, systemClock);
      await audit.write('An\0na', 'signed-in', 'sub\0ject', { words: 'x\0y' });
      expect(await audit.checkWhole()).toMatchObject({ type: 'whole', lines: 1 });
    });

    it('refuses what is too long for its column', async () => {
      await using store = await openStore(await make());
      const outcome = await failed(store.write((tx) => note(tx, 'x'.repeat(201))));
      expect(String(outcome)).toMatch(/check constraint/i);
      await store.write((tx) => note(tx, 'å'.repeat(200)));
    });
  });
}
