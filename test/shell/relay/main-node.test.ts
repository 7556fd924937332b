/** One node is main, by PostgreSQL's clock alone; and one that was asleep can save nothing once another has taken over. */

import { openStore, type Store } from '@nattfrid/relay/store/database';
import { type MainNode, openMainNode } from '@nattfrid/relay/store/postgres/main-node';
import { markPulse } from '@nattfrid/relay/store/pulse-table';
import type { Fault } from '@nattfrid/shared/fault/fault';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dropDatabase, newPostgresDatabase, postgresMissing } from '../../support/test-database.ts';

const missing = postgresMissing();
if (missing) console.log(`SKIPPED: ${missing}.`);

describe.skipIf(missing)('the main node', () => {
  let database: string;
  let one: MainNode;
  let other: MainNode;
  beforeAll(async () => {
    database = await newPostgresDatabase();
    [one, other] = [openMainNode(database), openMainNode(database)];
  });
  afterAll(async () => {
    await Promise.all([one?.[Symbol.asyncDispose](), other?.[Symbol.asyncDispose]()]);
    dropDatabase(database);
  });
  const pulse = async (store: Store) => (await store.db.selectFrom('pulse').selectAll().executeTakeFirst())?.at;
  const save = (store: Store, at: number) => store.write((tx) => markPulse(tx.db, instant(at)));
  const code = (saved: Promise<unknown>) =>
    saved.then(
      () => 'saved',
      (fault: Fault) => fault.code,
    );

  it('is the first of two that ask at once, until its time has run out without a word of it', async () => {
    const long = seconds(30);
    const terms = await Promise.all([one.take('one', long), other.take('other', long)]);
    expect(terms.filter((term) => term !== undefined)).toEqual([1]);
    const [first, second] = terms[0] === undefined ? [other, one] : [one, other];
    expect(await first.renew(1, milliseconds(1), true)).toMatchObject({ stands: true, isWanted: false });
    const term = await vi.waitFor(async () => {
      const taken = await second.take('second', long);
      expect(taken).toBe(2);
      return taken;
    });
    expect(await first.renew(1, long, true)).toEqual({ stands: false, isWanted: false });
    await first.want();
    expect(await second.renew(term ?? 0, long, false)).toMatchObject({ stands: true, isWanted: true });
    await second.letGo(2);
    expect(await first.take('first', long)).toBe(3);
    await first.letGo(3);
  });

  it('saves nothing more once another has taken over, also what it was in the middle of when it fell asleep', async () => {
    const mine = (await one.take('one', seconds(30))) ?? 0;
    await using asleep = await openStore(database, one.guard(mine));
    await save(asleep, 1);
    const frozen = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const saving = code(
      asleep.write(async (tx) => {
        await markPulse(tx.db, instant(2));
        begun.resolve();
        await frozen.promise;
      }),
    );
    await begun.promise;
    await one.letGo(mine);
    const theirs = (await other.take('other', seconds(30))) ?? 0;
    frozen.resolve();
    expect(await saving).toBe('no-main');
    expect(await code(save(asleep, 3))).toBe('no-main');
    expect(await pulse(asleep)).toBe(1);
    await using awake = await openStore(database, other.guard(theirs));
    await save(awake, 4);
    expect(await pulse(asleep)).toBe(4);
    await other.letGo(theirs);
  });

  it('does not wait for what the one before it has left in the middle of a transaction', async () => {
    const mine = (await one.take('one', seconds(30))) ?? 0;
    await using gone = await openStore(database, one.guard(mine));
    const begun = Promise.withResolvers<void>();
    const never = Promise.withResolvers<void>();
    const left = code(
      gone.write(async (tx) => {
        await markPulse(tx.db, instant(5));
        begun.resolve();
        await never.promise;
      }),
    );
    await begun.promise;
    await one.letGo(mine);
    const theirs = (await other.take('other', seconds(30))) ?? 0;
    await using awake = await openStore(database, other.guard(theirs));
    const from = performance.now();
    const saved = code(save(awake, 6));
    await vi.waitFor(async () => {
      await other.clearAfter(theirs);
      expect(await Promise.race([saved, new Promise((resolve) => setTimeout(resolve, 20))])).toBe('saved');
    }, 4000);
    // PostgreSQL itself ends it after five seconds.
    expect(performance.now() - from).toBeLessThan(4500);
    never.resolve();
    expect(await left).toBe('cannot-save');
    expect(await pulse(awake)).toBe(6);
    await other.letGo(theirs);
  });
});
