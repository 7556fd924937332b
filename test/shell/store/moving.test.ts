/** A backup of either engine is restored into either: the same tables, the same rows, one whole chain. */
import { existsSync, mkdtempDisposableSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAudit } from '@nattfrid/relay/audit/audit';
import { checkAudit } from '@nattfrid/relay/audit/check-audit';
import { backUp } from '@nattfrid/relay/backup/backup';
import { restore } from '@nattfrid/relay/backup/restore';
import { openStore, openToRead } from '@nattfrid/relay/store/database';
import { systemClock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, it } from 'vitest';
import { openDisk } from '../../support/disk.ts';
import { newPostgresDatabase, postgresMissing } from '../../support/test-database.ts';

const why = postgresMissing();
if (why) console.log(`SKIPPED: moving between engines is not tried: ${why}.`);

const odd = ['Åsa «Öst» 🙂', "it's", 'a\nb\t\\', '', '日本', "'; drop table units; --"];

async function filled(database: string, mark = ''): Promise<void> {
  await using store = await openStore(database);
  const audit = openAudit(store, systemClock);
  for (const [number, name] of odd.entries()) {
    await audit.write('Anna', 'signed-in', `line ${number}`, { operator: 'anna', words: name });
    await store.write(async ({ db }) => {
      await db
        .insertInto('received')
        .values({ id: `${mark}${number}`, unit: name, name, at: 1_780_000_000_000 + number })
        .execute();
      await db
        .insertInto('unit_organisations')
        .values({ unit: `${mark}unit-${number}`, organisation: 'own' })
        .execute();
    });
  }
}

async function all(database: string): Promise<unknown> {
  const db = openToRead(database);
  try {
    return {
      received: await db.selectFrom('received').selectAll().orderBy('id').execute(),
      audit: await db.selectFrom('audit').selectAll().where('what', '=', 'signed-in').orderBy('number').execute(),
      organisations: await db.selectFrom('organisations').selectAll().execute(),
      whose: await db.selectFrom('audit_organisations').selectAll().orderBy('number').execute(),
    };
  } finally {
    await db.destroy();
  }
}

const engines = ['SQLite', 'PostgreSQL'] as const;
const ways = engines.flatMap((from) => engines.map((to) => [from, to] as const));

it.skipIf(why !== undefined).each(ways)('from %s to %s, and everything is there', async (from, to) => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'nattfrid-moving-'));
  const make = async (engine: (typeof engines)[number], name: string) =>
    engine === 'SQLite' ? join(folder.path, `${name}.sqlite`) : newPostgresDatabase();
  const [old, next, backup] = [await make(from, 'old'), await make(to, 'next'), join(folder.path, 'backup')];
  await filled(old);
  const { held, unwritten } = await backUp(old, backup, systemClock);
  expect(unwritten).toBeUndefined();
  // The line of the backup itself is in it.
  expect(held.audit).toMatchObject({ type: 'whole', lines: odd.length + 1 });
  expect(readdirSync(folder.path).filter((name) => name.startsWith('backup'))).toEqual(['backup']);
  // Something stands there already, which must not show through.
  await filled(next, 'before-');
  const clock = movedClock(instant(Date.parse('2026-12-01T02:03:04.567Z')));
  const restored = await restore(next, backup, clock).catch((error) => error);
  expect(restored).toMatchObject({ held: { audit: { lines: odd.length + 1 } } });
  expect(restored.aside).toContain(to === 'SQLite' ? 'before-restore' : 'nattfrid_before_restore_20261201020304567');
  expect(await all(next)).toEqual(await all(backup));
  expect(await checkAudit(next, undefined)).toMatchObject({ whole: true });
  // It goes on from there, and is restored once more.
  await using store = await openStore(next);
  await openAudit(store, systemClock).write('Anna', 'signed-in', 'later');
  expect(await openAudit(store, systemClock).checkWhole()).toMatchObject({ type: 'whole', lines: odd.length + 3 });
  await expect(restore(next, backup, clock)).rejects.toMatchObject({ code: 'not-now' });
});

it.skipIf(why !== undefined)('a backup that lost a row on its way is none, and changes nothing', async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'nattfrid-moving-'));
  const database = await newPostgresDatabase();
  await filled(database);
  // As if a row went missing where it is written.
  using disk = openDisk(database);
  disk.exec(`create function nattfrid.lose() returns trigger language plpgsql as $$ begin return null; end $$`);
  const backup = join(folder.path, 'backup');
  await backUp(database, backup, systemClock);
  const before = await all(database);
  disk.exec(`create or replace function public.lose_one() returns event_trigger language plpgsql as $$
    begin
      if exists (select 1 from pg_tables where schemaname = 'nattfrid_restoring' and tablename = 'received')
        and not exists (select 1 from pg_trigger where tgname = 'lost') then
        execute 'create trigger lost before insert on nattfrid_restoring.received for each row when (new.id = ''3'') execute function nattfrid.lose()';
      end if;
    end $$;
    create event trigger losing on ddl_command_end when tag in ('CREATE TABLE') execute function public.lose_one()`);
  await expect(restore(database, backup, systemClock)).rejects.toMatchObject({
    code: 'data-damaged',
    message: expect.stringMatching(/received was not copied whole: 6 rows were read, 5 were written/),
  });
  expect(await all(database)).toEqual(before);
  const left = disk.prepare(`select nspname from pg_namespace where nspname like 'nattfrid%'`).all();
  expect(left).toEqual([{ nspname: 'nattfrid' }]);
  expect(existsSync(backup)).toBe(true);
});
