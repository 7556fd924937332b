/** Pure. What SQLite says went wrong, off an error of node:sqlite. */

/** SQLITE_BUSY: somebody else has it. */
export const busy = 5;

/** SQLite's primary result code (https://www.sqlite.org/rescode.html): the low byte of `errcode`. @returns undefined: it was not SQLite that failed */
export function primaryCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}
