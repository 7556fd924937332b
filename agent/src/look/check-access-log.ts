/** A technician, or whoever oversees, checks the unit's own access log on its disk: was a line changed, or taken out? */
import { existsSync } from 'node:fs';
import { Fault } from '@nattfrid/shared/fault/fault';
import { printInstant } from '@nattfrid/shared/time/instant';
import { accessTable } from '../store/access-table.ts';
import { openDatabase } from '../store/database.ts';
import { databaseFile } from '../store/unit-key.ts';

export type Checked =
  | { readonly type: 'whole'; readonly lines: number }
  /** The first line that does not fit to the one before. */
  | { readonly type: 'broken'; readonly number: number; readonly at: string; readonly what: string };

/** @param data the unit's data folder; an agent may run over it @throws Fault `file-missing` */
export function checkAccessLog(data: string): Checked {
  const file = databaseFile(data);
  if (!existsSync(file)) throw new Fault('file-missing', `There is no access log at ${file}.`);
  using database = openDatabase(file);
  const access = accessTable(database);
  const number = access.firstBroken();
  if (number === undefined) return { type: 'whole', lines: access.count() };
  const { at, what } = access.line(number)!;
  return { type: 'broken', number, at: printInstant(at), what };
}
