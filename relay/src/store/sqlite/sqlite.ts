/** SQLite: one file, one connection, one writer at a time by itself. */
import { chmodSync, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Fault } from '@nattfrid/shared/fault/fault';
import { isReadOnlyDisk } from '@nattfrid/shared/process/read-only-disk';
import { Kysely, type RawBuilder, sql } from 'kysely';
import type { AnyDb, Engine } from '../engine/engine.ts';
import { sqliteDialect } from './dialect.ts';
import { useFile } from './lock.ts';
import { giveToOwner } from './owner.ts';
import { asCannotSave, readOnlyDisk } from './reasons.ts';

/** @param file path, or `:memory:` */
export function sqliteEngine(file: string): Engine {
  const onDisk = file !== ':memory:';
  const isNew = onDisk && !existsSync(file);
  const refused = (error: unknown) => asCannotSave(error, () => onDisk && isReadOnlyDisk(file));
  return {
    name: file,
    schema: undefined,
    dialect: (to) => sqliteDialect(file, to === 'read' ? 'read' : 'write'),
    use: () => useFile(file),
    prepare: async () => {},
    sound: (db) => checkPages(db),
    async opened() {
      if (!onDisk) return;
      // Clients' agreed times stand in it: for this user's eyes alone.
      chmodSync(file, 0o600);
      if (isNew) giveToOwner(file, dirname(resolve(file)));
    },
    notOpened(cause) {
      if (onDisk && isReadOnlyDisk(dirname(resolve(file))))
        return new Fault('file-unreadable', `The database ${file} cannot be opened: ${readOnlyDisk}.`, { cause });
      const words = cause instanceof Error ? cause.message : String(cause);
      return new Fault(
        'file-unreadable',
        `The database ${file} cannot be opened: ${words}. Check the path and its rights; where it is damaged, keep a copy of it and restore the newest backup: nattfrid-relay restore FILE.`,
        { cause },
      );
    },
    refused,
    isAtOnce: true,
    // A full disk may have room for the next: each is told by itself.
    isOutage: () => false,
    check: (db) =>
      checkTables(file, db).catch((error) => {
        throw refused(error);
      }),
    async freeBytes() {
      if (!onDisk) return Number.POSITIVE_INFINITY;
      const { bavail, bsize } = await statfs(dirname(resolve(file)));
      return bavail * bsize;
    },
  };
}

/**
 * Each page is read once at the start: a damaged one is found now, and not when somebody lies on the floor.
 * (`quick_check`, sqlite.org/pragma.html.)
 */
export async function checkPages(
  db: AnyDb,
  check: RawBuilder<{ quick_check: string }> = sql`pragma quick_check(1)`,
): Promise<void> {
  const { rows } = await check.execute(db);
  const found = rows[0]?.quick_check ?? 'nothing was answered';
  // As where SQLite comes upon it by itself: SQLITE_CORRUPT.
  if (found !== 'ok') throw Object.assign(new Error(`it is damaged (${found})`), { errcode: 11 });
}

/**
 * Over a connection of its own: what this one has read before the damage it would not read again. It keeps the relay waiting
 * for one table at a time: 0.6 s for one of 100 MB (400,000 rows) with one index, on a server's core.
 */
async function checkTables(file: string, db: AnyDb): Promise<void> {
  const fresh: AnyDb = file === ':memory:' ? db : new Kysely({ dialect: sqliteDialect(file, 'read') });
  try {
    const tables = await sql<{ name: string }>`select name from sqlite_schema where type = 'table'`.execute(fresh);
    for (const { name } of tables.rows) {
      await nextTurn();
      await checkPages(fresh, sql<{ quick_check: string }>`pragma quick_check(${sql.id(name)})`);
    }
  } finally {
    if (fresh !== db) await fresh.destroy();
  }
}
