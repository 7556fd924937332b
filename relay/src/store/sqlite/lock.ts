/** Who uses a database: many at once, or one that replaces it. The kernel lets go of both when a process ends, however it ends. */
import { chmodSync } from 'node:fs';
import { Fault } from '@nattfrid/shared/fault/fault';
import { busy, primaryCode } from '@nattfrid/shared/fault/sqlite-code';
import { openRaw } from './dialect.ts';
import { giveToOwner } from './owner.ts';

/**
 * Locks stand on an empty file beside the database and not on the database itself: that one may be damaged, and is replaced.
 */
export const lockOf = (database: string): string => `${database}-lock`;

/** Held by every relay and command that has the database open. @throws Fault `not-now` while it is being replaced */
export const useFile = (database: string): Disposable =>
  lock(database, 'begin; select count(*) from sqlite_schema', 'is being restored. Wait until that is done');

/** Held by whoever replaces the database. @throws Fault `not-now` while anybody has it open */
export const holdFile = (database: string): Disposable =>
  lock(database, 'begin exclusive', 'is in use: a relay is running on it. Stop it first');

function lock(database: string, take: string, words: string): Disposable {
  if (database === ':memory:') return { [Symbol.dispose]: () => {} };
  const file = lockOf(database);
  const held = openRaw(file);
  try {
    chmodSync(file, 0o600);
    giveToOwner(file, database);
    held.exec(take);
  } catch (cause) {
    held.close();
    if (primaryCode(cause) !== busy) throw cause;
    throw new Fault('not-now', `The database ${database} ${words}.`, { cause });
  }
  return { [Symbol.dispose]: () => held.close() };
}
