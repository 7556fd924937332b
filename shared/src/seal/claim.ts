/** Pure. Canonical bytes of a signed claim: each field with its length in front, so that no two claims have the same bytes. */

import { fromBase64Url } from '../wire/bytes.ts';
import { type SignedThing, verify } from './sign.ts';

/** Verifies a claim. @param said signature and key (Ed25519), base64url; malformed ones verify nothing */
export async function claimed(
  thing: SignedThing,
  claim: Uint8Array<ArrayBuffer>,
  said: { readonly signature: string; readonly key: string },
): Promise<boolean> {
  try {
    return await verify(thing, claim, fromBase64Url(said.signature), fromBase64Url(said.key));
  } catch {
    return false;
  }
}

export function claimOf(fields: readonly (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const all = fields.map((field) => (typeof field === 'string' ? new TextEncoder().encode(field) : field));
  return new Uint8Array(all.flatMap((field) => [field.length >> 8, field.length & 255, ...field]));
}
