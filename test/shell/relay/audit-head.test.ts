/** What a chain alone cannot show is found against a head that was kept: its end cut off, emptied, computed anew. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAudit } from '@nattfrid/relay/audit/audit';
import { chainStart, hashLine } from '@nattfrid/relay/audit/chain';
import { openStore, type Store } from '@nattfrid/relay/store/database';
import { systemClock } from '@nattfrid/shared/time/clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRelayProcess, type RelayProcess } from '../../support/relay-process.ts';

let relay: RelayProcess;
let publicKey: string;
let heads: string;
beforeAll(async () => {
  relay = openRelayProcess();
  heads = join(relay.folder, 'heads');
  mkdirSync(heads);
  const key = join(relay.folder, 'audit-key');
  publicKey = (await relay.command(['audit-key', key])).out.trim();
  Object.assign(relay.environment, { NATTFRID_AUDIT_HEAD_FOLDER: heads, NATTFRID_AUDIT_KEY: key });
  await using store = await openStore(relay.database);
  const audit = openAudit(store, systemClock);
  for (let line = 0; line < 120; line++) await audit.write('Anna', 'audit-read', 'audit', { line: String(line) });
});
afterAll(async () => relay[Symbol.asyncDispose]());

const write = async (change: (store: Store) => Promise<unknown>) => {
  await using store = await openStore(relay.database);
  await change(store);
};
const all = (store: Store) => store.db.selectFrom('audit').selectAll().orderBy('number').execute();

describe('check-audit', () => {
  it('says that a log without a head could be cut off unseen', async () => {
    const { code, out } = await relay.command(['check-audit']);
    expect([code, out]).toEqual([0, expect.stringMatching(/whole: 120 lines.*no head file to compare with/s)]);
  });

  it('finds a line that was changed, and one that is missing, by its number', async () => {
    let before: Awaited<ReturnType<typeof all>> = [];
    await write(async (store) => {
      before = await all(store);
      await store.db.updateTable('audit').set({ who: 'Bertil' }).where('number', '=', 77).execute();
    });
    expect(await relay.command(['check-audit'])).toMatchObject({
      code: 1,
      out: 'Line 77 does not fit: it was changed, or the line before it was.\n',
    });
    await write((store) => store.db.deleteFrom('audit').where('number', '=', 77).execute());
    expect(await relay.command(['check-audit'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('Line 77 is missing'),
    });
    await write((store) => store.db.insertInto('audit').values(before[76]!).execute());
    expect(await relay.command(['check-audit'])).toMatchObject({ code: 0 });
  });

  it('agrees with the head that a relay has left at a clean stop, by the key that was noted down', async () => {
    await relay.start();
    expect(await relay.stop()).toBe(0);
    const names = readdirSync(heads);
    // One at the start, and one at the stop.
    expect(names).toHaveLength(2);
    expect(JSON.parse(readFileSync(join(heads, names.sort().at(-1)!), 'utf8'))).toMatchObject({ v: 1, lines: 120 });
    expect(await relay.command(['check-audit', '--public-key', publicKey])).toMatchObject({
      code: 0,
      out: expect.stringContaining('It goes on from the head of'),
    });
    const other = await relay.command(['check-audit', '--public-key', 'A'.repeat(43)]);
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining('is not signed by the key') });
  });

  it.each([
    [
      'cut off',
      async (store: Store) => store.db.deleteFrom('audit').where('number', '>', 100).execute(),
      'Line 101 is missing, and all after it',
    ],
    ['emptied', async (store: Store) => store.db.deleteFrom('audit').execute(), 'Line 1 is missing, and all after it'],
    ['computed anew', async (store: Store) => recompute(store, 60), 'Line 120 is another than the head'],
    [
      'cut off, and filled again with other lines',
      async (store: Store) => {
        await store.db.deleteFrom('audit').where('number', '>', 100).execute();
        const audit = openAudit(store, systemClock);
        for (let line = 0; line < 30; line++) await audit.write('Anna', 'audit-read', 'audit');
      },
      'Line 120 is another than the head',
    ],
  ])('finds a log that was %s', async (_how, change, words) => {
    let before: Awaited<ReturnType<typeof all>> = [];
    await write(async (store) => {
      before = await all(store);
      await change(store);
    });
    // The chain by itself holds: only the head shows it.
    const head = join(heads, readdirSync(heads).sort().at(-1)!);
    expect(await relay.command(['check-audit'])).toMatchObject({ code: 1, out: expect.stringContaining(words) });
    expect(await relay.command(['check-audit', '--head', head])).toMatchObject({ code: 1 });
    await write(async (store) => {
      await store.db.deleteFrom('audit').execute();
      for (const line of before) await store.db.insertInto('audit').values(line).execute();
    });
    expect(await relay.command(['check-audit'])).toMatchObject({ code: 0 });
  });

  it('takes no head that was changed', async () => {
    const head = join(heads, readdirSync(heads).sort().at(-1)!);
    const changed = join(relay.folder, 'changed.json');
    writeFileSync(changed, JSON.stringify({ ...JSON.parse(readFileSync(head, 'utf8')), lines: 100 }));
    const said = await relay.command(['check-audit', '--head', changed]);
    expect(said).toMatchObject({ code: 1, err: expect.stringContaining('does not hold') });
  });
});

/** As somebody would who knows how the chain is made. */
async function recompute(store: Store, from: number): Promise<void> {
  let hash = chainStart;
  for (const row of await all(store)) {
    const line = { ...row, who: row.number === from ? 'Nobody' : row.who, details: JSON.parse(row.details) };
    hash = hashLine(hash, line);
    await store.db.updateTable('audit').set({ who: line.who, hash }).where('number', '=', row.number).execute();
  }
}
