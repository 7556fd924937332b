/** Backups that are made in the middle of a storm of alarms, and what comes back of each. */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, openToRead } from '@nattfrid/relay/store/database';
import { holdDatabase } from '@nattfrid/relay/store/hold';
import { migrations } from '@nattfrid/relay/store/migrations';
import { sqliteDialect } from '@nattfrid/relay/store/sqlite/dialect';
import { Kysely, Migrator } from 'kysely';
import { describe, expect, it } from 'vitest';
import { signIn } from '../../support/person.ts';
import { registered } from '../../support/registered.ts';
import { openRelayProcess, type RelayProcess } from '../../support/relay-process.ts';
import { aFall } from '../../support/relay-samples.ts';
import { connectUnit, type SpeakingUnit } from '../../support/speaking-unit.ts';

const peopled = (relay: RelayProcess, units: number) =>
  registered(
    relay,
    { anna: 'operator' },
    Array.from({ length: units }, (_, index) => `unit-${index + 1}`),
  );

/** Those with a card of their own, and those that stand behind the card of another. */
async function alarmsIn(file: string): Promise<{ readonly cards: readonly string[]; readonly all: readonly string[] }> {
  const db = openToRead(file);
  try {
    const idsIn = async (table: 'alarms' | 'held_alarms') =>
      (await db.selectFrom(table).select('alarm').execute()).map(({ alarm }) => alarm);
    const cards = await idsIn('alarms');
    return { cards, all: [...cards, ...(await idsIn('held_alarms'))] };
  } finally {
    await db.destroy();
  }
}

/** Tells one alarm after the other until told to stop. */
async function storm(unit: SpeakingUnit, acknowledged: Set<string>, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    const fall = aFall();
    await unit.say('alarm-report', fall, randomUUID());
    acknowledged.add(fall.alarm);
  }
}

describe('a backup', () => {
  it('made while the relay writes holds every alarm acknowledged before it, once; and a restored relay goes on', {
    timeout: 180_000,
  }, async () => {
    await using relay = openRelayProcess();
    const known = await peopled(relay, 3);
    const url = await relay.start();
    const anna = await signIn({ url }, 'anna@testby.se');
    const acknowledged = new Set<string>();
    const ended = new AbortController();
    const units = await Promise.all(known.map((one) => connectUnit({ url, mqttPort: undefined }, one)));
    const storms = units.map((unit) => storm(unit, acknowledged, ended.signal));
    // The audit log grows in the storm as well.
    const taking = (async () => {
      for (const taken = new Set<string>(); !ended.signal.aborted; ) {
        const alarm = [...acknowledged].find((one) => !taken.has(one));
        // One that stands behind another card cannot be taken, which the log tells as well.
        if (alarm)
          await anna.call('takeAlarm', { alarm }).catch((error) => expect(error).toMatchObject({ code: 'not-found' }));
        if (alarm) taken.add(alarm);
        else await new Promise(setImmediate);
      }
    })();
    const made: { readonly file: string; readonly before: readonly string[] }[] = [];
    for (let number = 0; number < 4; number++) {
      const file = join(relay.folder, `backup-${number}`);
      const before = [...acknowledged];
      const said = await relay.command(['backup', file]);
      expect(said).toMatchObject({ code: 0, err: expect.not.stringContaining('cannot') });
      expect(said.out).toMatch(/alarms \d+, audit lines \d+, head [0-9a-f]{64}, newest line /);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      made.push({ file, before });
    }
    ended.abort();
    await Promise.all([...storms, taking]);
    for (const unit of units) await unit[Symbol.asyncDispose]();
    expect(made.at(-1)!.before.length).toBeGreaterThan(made[0]!.before.length);
    await relay.stop('SIGKILL');

    for (const { file, before } of made) {
      expect(await relay.command(['restore', file])).toMatchObject({ code: 0 });
      const { all: there } = await alarmsIn(relay.database);
      expect(before.filter((alarm) => !there.includes(alarm))).toEqual([]);
      expect(new Set(there).size).toBe(there.length);
      expect(await relay.command(['check-audit'])).toMatchObject({ code: 0 });
    }
    // What was there before each restore is kept, the newest alarms among it.
    const [first] = readdirSync(relay.folder)
      .filter((name) => /before-restore-[^.]*Z$/.test(name))
      .sort();
    const { all: kept } = await alarmsIn(join(relay.folder, first!));
    expect([...acknowledged].filter((alarm) => !kept.includes(alarm))).toEqual([]);

    const again = await relay.start();
    const desk = await (await signIn({ url: again }, 'anna@testby.se')).desk();
    const shown = desk.alarms.map(({ alarm }) => alarm);
    const { cards } = await alarmsIn(relay.database);
    expect(cards.length).toBeGreaterThan(0);
    expect(cards.filter((alarm) => !shown.includes(alarm as never))).toEqual([]);
    await using unit = await connectUnit({ url: again, mqttPort: undefined }, known[0]!);
    await unit.say('alarm-report', aFall());
  });

  it('is never written over, and one that cannot be written leaves nothing behind', async () => {
    await using relay = openRelayProcess();
    await peopled(relay, 1);
    const file = join(relay.folder, 'backup');
    writeFileSync(file, 'something');
    expect(await relay.command(['backup', file])).toMatchObject({ code: 1, err: expect.stringContaining('never') });
    const nowhere = join(relay.folder, 'no-such-folder', 'backup');
    expect(await relay.command(['backup', nowhere])).toMatchObject({ code: 1 });
    expect(readdirSync(relay.folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });
});

describe('restoring', () => {
  it('brings nobody back in: a session that was ended after the backup opens nothing, and the right password does', async () => {
    await using relay = openRelayProcess();
    await peopled(relay, 1);
    const url = await relay.start();
    const anna = await signIn({ url }, 'anna@testby.se');
    const file = join(relay.folder, 'backup');
    await relay.command(['backup', file]);
    await relay.command(['end-sessions', 'anna@testby.se']);
    await relay.stop('SIGTERM');
    const said = await relay.command(['restore', file]);
    expect(said).toMatchObject({ code: 0, out: expect.stringContaining('Everybody must sign in anew') });
    const again = await relay.start();
    const there = await fetch(`${again}/api/desk`, { headers: { cookie: anna.cookie } });
    expect(there.status).toBe(401);
    expect((await (await signIn({ url: again }, 'anna@testby.se')).desk()).units.length).toBe(1);
  });

  it('what was kept aside of a relay that was killed brings every alarm back, the newest too', async () => {
    await using relay = openRelayProcess();
    const known = await peopled(relay, 1);
    const file = join(relay.folder, 'backup');
    expect(await relay.command(['backup', file])).toMatchObject({ code: 0 });
    const url = await relay.start();
    const fall = aFall();
    await using unit = await connectUnit({ url, mqttPort: undefined }, known[0]!);
    await unit.say('alarm-report', fall);
    await relay.stop('SIGKILL');
    expect(await relay.command(['restore', file])).toMatchObject({ code: 0 });
    expect((await alarmsIn(relay.database)).all).toEqual([]);
    const [aside] = readdirSync(relay.folder).filter((name) => /before-restore-[^.]*Z$/.test(name));
    expect(await relay.command(['restore', join(relay.folder, aside!)])).toMatchObject({ code: 0 });
    expect((await alarmsIn(relay.database)).all).toContain(fall.alarm);
  });

  it('is refused while a relay runs on the database, and while one is being restored no relay starts', async () => {
    await using relay = openRelayProcess();
    await peopled(relay, 1);
    const file = join(relay.folder, 'backup');
    expect(await relay.command(['backup', file])).toMatchObject({ code: 0 });
    await relay.start();
    expect(await relay.command(['restore', file])).toMatchObject({
      code: 1,
      err: expect.stringContaining('a relay is running on it'),
    });
    // The kernel lets go of the lock of a relay that was killed.
    await relay.stop('SIGKILL');
    expect(await relay.command(['restore', file])).toMatchObject({ code: 0 });
    await using _restoring = await holdDatabase(relay.database);
    expect(await relay.command([])).toMatchObject({ code: 1, err: expect.stringContaining('is being restored') });
  });

  it.each([
    ['no database', (file: string) => writeFileSync(file, 'no database'.repeat(2000))],
    ['written over at its start', (file: string) => writeFileSync(file, new Uint8Array(8192).fill(7), { flag: 'r+' })],
  ])('of a file that is %s changes nothing', async (_words, damage) => {
    await using relay = openRelayProcess();
    await peopled(relay, 1);
    const file = join(relay.folder, 'backup');
    await relay.command(['backup', file]);
    damage(file);
    const before = readdirSync(relay.folder).filter((name) => name.startsWith('relay.sqlite.'));
    expect(await relay.command(['restore', file])).toMatchObject({ code: 1, err: expect.stringContaining(file) });
    expect(readdirSync(relay.folder).filter((name) => name.startsWith('relay.sqlite.'))).toEqual(before);
    await using store = await openStore(relay.database);
    expect(await store.db.selectFrom('units').select('unit').execute()).toHaveLength(1);
  });

  it('brings an older backup up to date, onto a machine that has no database yet', async () => {
    await using relay = openRelayProcess();
    const old = join(relay.folder, 'old');
    const db = new Kysely<never>({ dialect: sqliteDialect(old) });
    await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateTo('0003-rooms');
    await db.destroy();
    expect(existsSync(relay.database)).toBe(false);
    expect(await relay.command(['restore', old])).toMatchObject({ code: 0 });
    await relay.start();
    expect(await relay.command(['check-audit'])).toMatchObject({ code: 0, out: expect.stringContaining('1 lines') });
  });
});
