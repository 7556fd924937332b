/** Puts a backup in the place of the database, which is kept aside; whatever fails before the last step has changed nothing. */
import { copyFileSync, existsSync, linkSync, mkdtempDisposableSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onTheDisk } from '@nattfrid/shared/process/on-the-disk';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { openAudit } from '../audit/audit.ts';
import { openStore } from '../store/database.ts';
import { holdDatabase } from '../store/hold.ts';
import { deleteAllSessions } from '../store/operators-table.ts';
import { isPostgres } from '../store/postgres/place.ts';
import { putInPlace } from '../store/put-in-place.ts';
import { lockOf } from '../store/sqlite/lock.ts';
import { giveToOwner } from '../store/sqlite/owner.ts';
import { type Held, lookAt } from './look-at.ts';

export interface Restored {
  /** In the backup, as it was found. */
  readonly held: Held;
  /** Where the database lies that was there before, a file or a schema; undefined: there was none. */
  readonly aside: string | undefined;
}

/** @throws Fault `not-now` while a relay runs on the database, `file-missing` or `file-unreadable` of the backup */
export async function restore(database: string, from: string, clock: Clock): Promise<Restored> {
  await using _held = await holdDatabase(database);
  const held = await lookAt(from);
  if (isPostgres(database)) return { held, aside: await restoreIntoPostgres(database, { from, held }, clock) };
  const stamp = printInstant(clock.now()).replaceAll(/[:.]/g, '-');
  const staged = `${database}.restoring-${stamp}`;
  try {
    stage(from, staged);
    await bringUpToDate(staged, held, clock);
    giveToOwner(staged, database);
    onTheDisk(staged);
    const aside = existsSync(database) ? keepAside(database, `${database}.before-restore-${stamp}`) : undefined;
    // A WAL that belongs to another database must never lie beside this one.
    for (const suffix of walSuffixes) rmSync(database + suffix, { force: true });
    renameSync(staged, database);
    onTheDisk(dirname(resolve(database)));
    return { held, aside };
  } finally {
    for (const left of [staged, ...walSuffixes.map((suffix) => staged + suffix), lockOf(staged)])
      rmSync(left, { force: true });
  }
}

function stage(from: string, staged: string): void {
  copyFileSync(from, staged);
  // What was counted may stand in its WAL: of a relay that was killed, the newest alarms do.
  if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${staged}-wal`);
}

/** Brought up to date as a file first, whatever its age. @returns where the tables stand that were there before */
async function restoreIntoPostgres(
  database: string,
  { from, held }: { readonly from: string; readonly held: Held },
  clock: Clock,
): Promise<string | undefined> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'nattfrid-restoring-'));
  const staged = join(folder.path, 'relay.sqlite');
  stage(from, staged);
  await bringUpToDate(staged, held, clock);
  const stamp = `before_restore_${printInstant(clock.now()).replaceAll(/\D/g, '')}`;
  const schema = await putInPlace(database, staged, stamp);
  return schema && `the schema ${schema}`;
}

const walSuffixes = ['-wal', '-shm'];

/** Its migrations, and the line that says from which moment on the audit log goes on. Sessions end: one of them may have been ended since. */
async function bringUpToDate(staged: string, { audit }: Held, clock: Clock): Promise<void> {
  await using store = await openStore(staged);
  await store.write((tx) => deleteAllSessions(tx.db));
  await openAudit(store, clock).write('relay', 'database-restored', 'database', {
    lines: String(audit.lines),
    head: audit.head,
  });
}

/** A second name for the old file, so that there is a database at every moment; with its WAL, in which the newest alarms may stand. */
function keepAside(database: string, aside: string): string {
  try {
    linkSync(database, aside);
  } catch {
    // Not every file system has hard links.
    copyFileSync(database, aside);
  }
  for (const suffix of walSuffixes)
    if (existsSync(database + suffix)) {
      copyFileSync(database + suffix, aside + suffix);
      giveToOwner(aside + suffix, database);
    }
  return aside;
}
