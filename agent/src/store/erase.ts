/**
 * Erases the unit's folder: what is to stay is written into a new database first, then every file is overwritten and taken away, then the
 * new one takes the old one's place. A power cut in between is finished at the next start. What a memory card keeps of overwritten blocks
 * nobody can reach without taking it apart; see docs/privacy.md.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { onTheDisk } from '@nattfrid/shared/process/on-the-disk';
import { type Database, openDatabase } from './database.ts';

/** Of what the label on the box says, and that the bench has it. */
const stays = ['sign-private', 'sign-public', 'label-secret', 'short-code', 'label-handed-over'];
/** Which start of the machine it was wiped from afar in. */
const wipedIn = 'wiped-in';
const nextOf = (file: string) => `${file}-next`;

/**
 * From here on it will be erased, whatever happens. An agent may be running over it.
 *
 * @param file of the database @param keepsLabel what its label says stays
 * @param boot of a wipe that the relay has asked for: nobody need stand beside the unit, and it is paired in no start before the next
 */
export function prepareWipe(file: string, keepsLabel: boolean, boot?: string): void {
  const making = `${file}-making`;
  for (const kind of ['', '-wal', '-shm']) rmSync(making + kind, { force: true });
  {
    using old = openDatabase(file);
    using fresh = openDatabase(making);
    const kept = keepsLabel ? old.all('select name, value from keys') : [];
    fresh.transaction(() => {
      for (const { name, value } of kept)
        if (stays.includes(String(name)))
          fresh.run('insert into keys (name, value) values (?, ?)', String(name), String(value));
      if (boot !== undefined) fresh.run('insert into keys (name, value) values (?, ?)', wipedIn, boot);
      // Whoever guesses at the short code gains nothing by a wipe.
      if (keepsLabel)
        for (const { boot, tries, in_all: inAll } of old.all('select boot, tries, in_all from code_tries'))
          fresh.run(
            'insert into code_tries (slot, boot, tries, in_all) values (1, ?, ?, ?)',
            String(boot),
            Number(tries),
            Number(inAll),
          );
    });
    // Whole in its one file: nothing of it lies in a journal beside it when it is renamed.
    fresh.all('pragma wal_checkpoint(truncate)');
  }
  for (const kind of ['-wal', '-shm']) rmSync(making + kind, { force: true });
  onTheDisk(making);
  renameSync(making, nextOf(file));
  onTheDisk(dirname(file));
}

/** @returns in which start of the machine it was wiped from afar; undefined: at the unit, or never */
export function wipedFromAfar(database: Database): string | undefined {
  const row = database.all('select value from keys where name = ?', wipedIn)[0];
  return row && String(row['value']);
}

/** Whether a wipe was begun that the power cut off. */
export const isBegun = (file: string): boolean => existsSync(nextOf(file));

/** Does what was prepared; nothing where nothing was. No agent may run over it: the folder is locked by the caller. */
export function finishWipe(file: string): void {
  if (!isBegun(file)) return;
  const next = nextOf(file);
  const folder = dirname(file);
  const lives = [basename(next), `${basename(file)}-lock`];
  for (const name of readdirSync(folder))
    if (!lives.includes(name) && statSync(join(folder, name)).isFile()) erase(join(folder, name));
  renameSync(next, file);
  onTheDisk(folder);
}

/** Overwritten with zeros, on the disk, and taken away. */
export function erase(path: string): void {
  const { size } = statSync(path);
  const opened = openSync(path, 'r+');
  try {
    const zeros = Buffer.alloc(64 * 1024);
    for (let at = 0; at < size; at += zeros.length) writeSync(opened, zeros, 0, Math.min(zeros.length, size - at), at);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  rmSync(path);
}
