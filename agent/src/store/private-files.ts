/** The unit's folder and what lies in it are the unit's alone: its key is among it, and who was let in to look. */
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const folderMode = 0o700;
const fileMode = 0o600;

/**
 * Makes what is missing; SQLite gives what it lays beside the database the same mode.
 * @param file of the database
 * @returns what others could read until now, by name
 */
export function keepPrivate(file: string): readonly string[] {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: folderMode });
  // A disk that takes nothing takes no new file either: opening the database will say so.
  attempt(() => closeSync(openSync(file, 'a', fileMode)));
  const beside = readdirSync(folder).filter((name) => name.startsWith(basename(file)));
  const opened: readonly (readonly [string, number])[] = [
    [folder, folderMode],
    ...beside.map((name) => [join(folder, name), fileMode] as const),
  ];
  return opened.filter(([path, mode]) => putRight(path, mode)).map(([path]) => path);
}

function putRight(path: string, mode: number): boolean {
  return attempt(() => {
    if ((statSync(path).mode & 0o077) === 0) return false;
    chmodSync(path, mode);
    return true;
  });
}

/** Somebody else's file, or one that has just gone (SQLite takes away what lay beside the database), is left as it is. */
function attempt(act: () => unknown): boolean {
  try {
    return act() === true;
  } catch {
    return false;
  }
}
