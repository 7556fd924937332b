/** Pure. A console shows the relay that it has the private half of the key that it names. */
import { toBase64Url } from '../wire/bytes.ts';
import { claimed, claimOf } from './claim.ts';
import { type SignKey, sign } from './sign.ts';

export interface Possession {
  /** Ed25519, base64url. */
  readonly key: string;
  /** ISO, by the console's clock. */
  readonly at: string;
  readonly signature: string;
}

/** @param email of whoever is signed in */
export async function provePossession(email: string, at: string, key: SignKey): Promise<Possession> {
  const said = { key: toBase64Url(key.publicKey), at };
  return { ...said, signature: toBase64Url(await sign('console-possession', claim(email, said), key.privateKey)) };
}

export const possesses = (email: string, said: Possession): Promise<boolean> =>
  claimed('console-possession', claim(email, said), said);

const claim = (email: string, { key, at }: Omit<Possession, 'signature'>): Uint8Array<ArrayBuffer> =>
  claimOf([email, key, at]);
