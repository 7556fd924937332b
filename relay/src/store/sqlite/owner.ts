/** What root makes beside the database belongs to whoever the database belongs to: else the relay could not open it. */
import { chownSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** @param like the database; its folder where it is not there yet. Nobody but root may give a file away, and nobody needs to. */
export function giveToOwner(file: string, like: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(like, { throwIfNoEntry: false }) ?? statSync(dirname(resolve(like)));
  chownSync(file, uid, gid);
}
