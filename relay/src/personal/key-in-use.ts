/** Under which key the personal details of a database are sealed. Reads only. */
import type { Db } from '../store/database.ts';
import { sealedColumns, sealedIn } from '../store/sealed-columns.ts';
import { keyOf } from './sealer.ts';

/** @returns as `Sealer.key` says it; undefined: nothing is sealed */
export async function keyInUse(db: Db): Promise<string | undefined> {
  for (const column of sealedColumns) {
    const [first] = await sealedIn(db, column);
    if (first) return keyOf(first.sealed, first.where);
  }
  return undefined;
}
