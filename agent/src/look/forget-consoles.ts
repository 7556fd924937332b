/** A technician at the unit lets it begin anew with the consoles: on its own disk, behind a line in its own log. */
import type { Instant } from '@nattfrid/shared/time/instant';
import { accessTable } from '../store/access-table.ts';
import { consolesTable } from '../store/consoles-table.ts';
import { openDatabase } from '../store/database.ts';
import { databaseFile } from '../store/unit-key.ts';

/** @param data the unit's data folder @returns how many were known */
export function forgetConsoles(data: string, at: Instant): number {
  using database = openDatabase(databaseFile(data));
  accessTable(database).write({ at, what: 'consoles-forgotten', subject: 'consoles', who: 'technician' });
  return consolesTable(database).forgetAll();
}
