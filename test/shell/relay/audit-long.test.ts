/** A long audit log: reading and checking it never keeps an alarm waiting, and what was checked is not read again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openAudit } from '@nattfrid/relay/audit/audit';
import { chainStart, hashLine } from '@nattfrid/relay/audit/chain';
import { openStore } from '@nattfrid/relay/store/database';
import { systemClock } from '@nattfrid/shared/time/clock';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const many = 20_000;
let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nattfrid-audit-'));
  file = join(folder, 'relay.sqlite');
  await using store = await openStore(file);
  let hash = chainStart;
  await store.write(async ({ db }) => {
    for (let number = 1; number <= many; number++) {
      const line = {
        number,
        at: '2026-11-21T21:00:00.000Z',
        who: 'Anna',
        what: 'audit-read',
        subject: 'audit',
        details: {},
      };
      hash = hashLine(hash, line);
      await db
        .insertInto('audit')
        .values({ ...line, details: '{}', hash })
        .execute();
    }
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an audit log of 20 000 lines', () => {
  it('is checked while others go on writing, each of them many times', async () => {
    await using store = await openStore(file);
    const audit = openAudit(store, systemClock);
    let written = 0;
    let checking = true;
    const others = (async () => {
      while (checking) {
        await store.write(({ db }) =>
          db
            .insertInto('received')
            .values({ id: `id-${written}`, unit: 'unit-1', name: 'vitals', at: 1 })
            .execute(),
        );
        written++;
        await nextTurn();
      }
    })();
    const checked = await audit.checkWhole();
    checking = false;
    await others;
    expect(checked).toMatchObject({ type: 'whole', lines: many });
    // One for each page at least: nobody waited for more than a page.
    expect(written).toBeGreaterThanOrEqual(many / 100);
  });

  it('is not read again where it has been: a new line costs a page, and a changed one is found all the same', async () => {
    await using store = await openStore(file);
    const audit = openAudit(store, systemClock);
    await audit.checkWhole();
    await audit.write('Anna', 'audit-read', 'audit');
    let read = 0;
    const watched = {
      ...store,
      db: store.db.withPlugin({
        transformQuery: ({ node }) => {
          read++;
          return node;
        },
        transformResult: async ({ result }) => result,
      }),
    };
    const other = openAudit(watched, systemClock);
    await other.checkWhole();
    const whole = read;
    read = 0;
    await other.write('Anna', 'audit-read', 'audit');
    expect(await other.check()).toMatchObject({ type: 'whole' });
    expect(read).toBeLessThan(whole / 10);
    await sql`update audit set who = 'Berit' where number = ${many + 2}`.execute(store.db);
    expect(await other.checkWhole()).toMatchObject({ type: 'broken', at: many + 2, why: 'changed' });
  });
});
