/** A copy of the database at one moment, made while a relay runs and writes. A copied live file is none: it lacks what is in the WAL. */
import { chmodSync, closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { onTheDisk } from '@nattfrid/shared/process/on-the-disk';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import { type Audit, openAudit } from '../audit/audit.ts';
import { copyInto } from '../store/copy-into.ts';
import { openUnmigrated } from '../store/database.ts';
import { isCannotSave } from '../store/engine/cannot-save.ts';
import { type Held, lookAt } from './look-at.ts';

export interface BackedUp {
  readonly held: Held;
  /** The audit log could not be written, as the relay cannot save: a backup is wanted then most of all. */
  readonly unwritten: Fault | undefined;
}

/** With the wait of each of them, some four seconds. */
const mostTries = 12;
const pause = milliseconds(70);

/**
 * @param to a file that is not there yet. @throws Fault where the copy cannot be made, or is not sound: no file is left then
 */
export async function backUp(database: string, to: string, clock: Clock): Promise<BackedUp> {
  if (existsSync(to)) throw new Fault('config-invalid', `${to} is there already: a backup is never written over.`);
  const beside = `${to}.partial`;
  rmSync(beside, { force: true });
  await using store = await openUnmigrated(database);
  const unwritten = await write(openAudit(store, clock), clock);
  try {
    closeSync(openSync(beside, 'wx', 0o600));
    await copyInto(store.db, beside);
    chmodSync(beside, 0o600);
    onTheDisk(beside);
    const held = await lookAt(beside);
    renameSync(beside, to);
    onTheDisk(dirname(resolve(to)));
    return { held, unwritten };
  } catch (cause) {
    rmSync(beside, { force: true });
    const words = `The backup ${to} could not be made: ${asFault(cause).message}. Nothing was written there.`;
    throw cause instanceof Fault ? cause : new Fault('file-unreadable', words, { cause });
  }
}

/** A relay in a storm of alarms leaves another program a gap now and then: it is waited for. */
async function write(audit: Audit, clock: Clock): Promise<Fault | undefined> {
  for (let tries = 1; ; tries++)
    try {
      await audit.write('relay', 'backup-made', 'database');
      return undefined;
    } catch (error) {
      if (!isCannotSave(error)) throw error;
      if (tries === mostTries) return error as Fault;
      await clock.sleep(pause);
    }
}
