/** Another key seals the personal details of a database that no relay runs on: all of them, or none. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { openAudit } from '../audit/audit.ts';
import { openStore } from '../store/database.ts';
import { holdDatabase } from '../store/hold.ts';
import { replaceSealed, sealedColumns, sealedIn } from '../store/sealed-columns.ts';
import { readPersonalKey } from './personal-key.ts';
import { openSealer } from './sealer.ts';

/**
 * In one transaction, with a line of the audit log.
 *
 * @param files of the key that it is under, and of the one that it is to be under
 * @returns how many texts, and the new key's name. @throws Fault `not-now` while a relay runs, `personal-key-wrong`, `seal-broken`
 */
export async function rotatePersonalKey(
  database: string,
  files: { readonly from: string; readonly to: string },
  clock: Clock,
): Promise<{ readonly texts: number; readonly key: string }> {
  const [from, to] = [openSealer(readPersonalKey(files.from)), openSealer(readPersonalKey(files.to))];
  if (from.key === to.key) throw new Fault('config-invalid', 'Both files hold the same key: make another one.');
  // A relay that runs would go on sealing under the old one.
  await (await holdDatabase(database))[Symbol.asyncDispose]();
  await using store = await openStore(database);
  const audit = openAudit(store, clock);
  return await store.write(async (tx) => {
    let texts = 0;
    for (const column of sealedColumns)
      for (const { where, sealed } of await sealedIn(tx.db, column)) {
        await replaceSealed(tx.db, column, where.row, to.seal(from.open(sealed, where), where));
        texts += 1;
      }
    const key = to.key ?? '';
    await audit.append(tx, 'relay', 'personal-key-changed', 'relay', {
      from: from.key ?? '',
      to: key,
      texts: String(texts),
    });
    return { texts, key };
  });
}
