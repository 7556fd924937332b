/** What SQLite says went wrong, and what that is in the unit's words. */
import { statfsSync } from 'node:fs';
import { primaryCode } from '@nattfrid/shared/fault/sqlite-code';
import { isReadOnlyDisk } from '@nattfrid/shared/process/read-only-disk';
import type { CannotKeep } from '@nattfrid/shared/wire/vitals';

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html). */
const codes = { readonly: 8, ioerr: 10, corrupt: 11, full: 13, cantOpen: 14, notADatabase: 26 } as const;

/** As `primaryCode`, also of what caused the error. */
export const sqliteCode = (error: unknown): number | undefined =>
  primaryCode(error) ?? (error instanceof Error ? sqliteCode(error.cause) : undefined);

export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === codes.corrupt || code === codes.notADatabase;
}

/** @param folder on the disk that was written to @returns undefined: the disk had no part in it */
export function whyNotKept(error: unknown, folder: string): CannotKeep | undefined {
  switch (sqliteCode(error)) {
    case codes.full:
      return 'disk-full';
    case codes.readonly:
      return 'read-only';
    case codes.corrupt:
    case codes.notADatabase:
      return 'disk-damaged';
    case codes.ioerr:
    case codes.cantOpen:
      return ofTheDisk(folder);
    default:
      return undefined;
  }
}

/** A disk that is full, or has been made read-only after a fault, answers SQLite as a broken one does. */
function ofTheDisk(folder: string): CannotKeep {
  if (isReadOnlyDisk(folder)) return 'read-only';
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < leastRoom ? 'disk-full' : 'disk-damaged';
  } catch {
    return 'disk-damaged';
  }
}

const leastRoom = 64 * 1024;
