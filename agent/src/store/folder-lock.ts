/**
 * One agent over one folder: two would tell each alarm twice and take the relay from each other. The lock is the system's (SQLite's own, on a
 * file that holds nothing), for Node has no flock: it ends with the process, however that ends, and needs no room on the disk.
 */
import { DatabaseSync } from 'node:sqlite';
import { Fault } from '@nattfrid/shared/fault/fault';
import { busy } from '@nattfrid/shared/fault/sqlite-code';
import { keepPrivate } from './private-files.ts';
import { sqliteCode } from './sqlite-code.ts';

/** One that is just ending is waited for. */
const patience = 2000;

/** @param file of the database @throws Fault `data-in-use` while another agent has the folder */
export function lockFolder(file: string): Disposable {
  const name = `${file}-lock`;
  keepPrivate(name);
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(name, { timeout: patience });
    // Nothing is ever written to it: it needs no journal beside it.
    lock.exec('pragma journal_mode = memory; begin exclusive');
  } catch (cause) {
    lock?.close();
    if (sqliteCode(cause) !== busy)
      throw new Fault('file-unreadable', `The unit's folder cannot be locked (${name}).`, { cause });
    throw new Fault('data-in-use', `Another agent runs over the same folder (${name}). Stop that one first.`, {
      cause,
    });
  }
  const held = lock;
  return { [Symbol.dispose]: () => held.close() };
}
