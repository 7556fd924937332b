/** What a technician has said at the unit, in a file of its own beside the database: the agent may be running, or not, while it is said. */
import { chownSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTheDisk } from '@nattfrid/shared/process/on-the-disk';
import { parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import { z } from 'zod';
import type { AtTheUnit } from './halts.ts';

const Said = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('stopped') }),
  z.strictObject({ type: z.literal('paused'), until: z.iso.datetime() }),
]);

const fileIn = (data: string): string => join(data, 'halted-here.json');

/** @param data the unit's data folder @returns stopped where it is there and cannot be understood */
export function readAtTheUnit(data: string): AtTheUnit {
  const file = fileIn(data);
  try {
    const said = Said.parse(JSON.parse(readFileSync(file, 'utf8')));
    return said.type === 'paused' ? { type: 'paused', until: parseInstant(said.until) } : said;
  } catch (error) {
    return isMissing(error) ? { type: 'nothing' } : { type: 'stopped' };
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** On the disk when it returns. */
export function sayAtTheUnit(data: string, said: AtTheUnit): void {
  const file = fileIn(data);
  if (said.type === 'nothing') rmSync(file, { force: true });
  else {
    const words = said.type === 'paused' ? { type: said.type, until: printInstant(said.until) } : said;
    const fresh = `${file}.new`;
    writeFileSync(fresh, JSON.stringify(words), { mode: 0o600, flush: true });
    ownedLikeFolder(data, fresh);
    renameSync(fresh, file);
  }
  onTheDisk(data);
}

/** A technician may be root, and the agent is not. */
function ownedLikeFolder(data: string, file: string): void {
  const { uid, gid } = statSync(data);
  if (statSync(file).uid !== uid) chownSync(file, uid, gid);
}

/** Has anybody said anything here, whether it can be read or not? */
export const isSaidAtTheUnit = (data: string): boolean => existsSync(fileIn(data));
