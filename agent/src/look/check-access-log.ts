/** A technician, or whoever oversees, checks the unit's own access log on its disk: was a line changed, taken out, or the end cut off? */
import { existsSync } from 'node:fs';
import { Fault } from '@nattfrid/shared/fault/fault';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { AccessHead } from '@nattfrid/shared/wire/access-head';
import { accessTable } from '../store/access-table.ts';
import { openDatabase } from '../store/database.ts';
import { databaseFile } from '../store/unit-key.ts';
import { type Differs, differs, readHead } from './keep-head.ts';

export type Checked =
  /** `compared`: with a head that was kept somewhere else. */
  | { readonly type: 'whole'; readonly lines: number; readonly compared: boolean }
  /** The first line that does not fit to the one before. */
  | { readonly type: 'broken'; readonly number: number; readonly at: string; readonly what: string }
  | Differs;

/**
 * @param data the unit's data folder; an agent may run over it
 * @param told a head that the relay has been told, beside the one that lies on the unit's own disk
 * @throws Fault `file-missing`
 */
export function checkAccessLog(data: string, told?: AccessHead): Checked {
  const file = databaseFile(data);
  if (!existsSync(file)) throw new Fault('file-missing', `There is no access log at ${file}.`);
  // Read first: a log that goes on being written is longer than its head, and never shorter.
  const heads = [readHead(data), told].filter((head) => head !== undefined);
  using database = openDatabase(file);
  const access = accessTable(database);
  const number = access.firstBroken();
  if (number !== undefined) {
    const { at, what } = access.line(number)!;
    return { type: 'broken', number, at: printInstant(at), what };
  }
  for (const head of heads) {
    const found = differs(access, head);
    if (found) return found;
  }
  return { type: 'whole', lines: access.count(), compared: heads.length > 0 };
}
