/** The unit's own keys: made here at its first start, never leaving its disk but for the public half. */
import { exportPrivateSignKey, importPrivateSignKey, makeSignKey, type SignKey } from '@nattfrid/shared/seal/sign';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { Database } from './database.ts';

export async function unitKey(database: Database): Promise<SignKey> {
  const stored = (name: string) => database.all('select value from keys where name = ?', name)[0]?.['value'];
  const secret = stored('sign-private');
  const open = stored('sign-public');
  if (typeof secret === 'string' && typeof open === 'string')
    return { publicKey: fromBase64Url(open), privateKey: await importPrivateSignKey(fromBase64Url(secret)) };
  const made = await makeSignKey();
  const pkcs8 = await exportPrivateSignKey(made.privateKey);
  database.transaction(() => {
    database.run('insert into keys (name, value) values (?, ?)', 'sign-private', toBase64Url(pkcs8));
    database.run('insert into keys (name, value) values (?, ?)', 'sign-public', toBase64Url(made.publicKey));
  });
  return { publicKey: made.publicKey, privateKey: await importPrivateSignKey(pkcs8) };
}
