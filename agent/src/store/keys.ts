/** The unit's own keys: made here at its first start, never leaving its disk but for the public half. */
import { exportPrivateSignKey, importPrivateSignKey, makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { Database } from './database.ts';

/** @returns undefined: there is none of this name yet */
export function keptKey(database: Database, name: string): string | undefined {
  const value = database.all('select value from keys where name = ?', name)[0]?.['value'];
  return typeof value === 'string' ? value : undefined;
}

/**
 * Keeps what belongs together, where not all of it is kept yet: of two programs at a first start the one writes, the other finds it written.
 * Whoever has called this reads what is kept then.
 */
export function keepKeys(database: Database, made: Readonly<Record<string, string>>): void {
  const names = Object.keys(made);
  database.transaction(() => {
    if (names.every((name) => keptKey(database, name) !== undefined)) return;
    const put = 'insert into keys (name, value) values (?, ?) on conflict (name) do update set value = excluded.value';
    for (const name of names) database.run(put, name, made[name] ?? '');
  });
}

export async function unitKey(database: Database): Promise<SignKey> {
  const kept = await readPair(database);
  if (kept) return kept;
  const made = await makeSignKey();
  const pkcs8 = await exportPrivateSignKey(made.privateKey);
  keepKeys(database, { 'sign-private': toBase64Url(pkcs8), 'sign-public': toBase64Url(made.publicKey) });
  return (await readPair(database)) ?? { ...made, privateKey: await importPrivateSignKey(pkcs8) };
}

async function readPair(database: Database): Promise<SignKey | undefined> {
  const [secret, open] = [keptKey(database, 'sign-private'), keptKey(database, 'sign-public')];
  if (secret === undefined || open === undefined) return undefined;
  return { publicKey: fromBase64Url(open), privateKey: await importPrivateSignKey(fromBase64Url(secret)) };
}
