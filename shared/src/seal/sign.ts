/** Pure. Ed25519 signatures (RFC 8032) with domain separation. Runs on WebCrypto in Node and in the browser. */

import { Fault } from '../fault/fault.ts';
import { fromBase64Url } from '../wire/bytes.ts';
import type { CryptoKey, CryptoKeyPair } from './crypto-key.ts';

/** Domain separation: the signed bytes begin with one of these words, so that no signature serves for something else. */
export type SignedThing =
  | 'plan'
  | 'plan-signer'
  | 'municipality-possession'
  | 'municipality-successor'
  | 'look-opening'
  | 'console-asking'
  | 'console-wish'
  | 'console-voucher'
  | 'console-possession'
  | 'console-confirmation'
  | 'console-withdrawal'
  | 'room-confirmation'
  | 'service-call'
  | 'sealing-key'
  | 'audit-head'
  | 'bench-label'
  | 'pairing-waiting'
  | 'pairing-request'
  | 'pairing-renewal'
  | 'wipe';

export interface SignKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly privateKey: CryptoKey;
}

/** A fresh pair with an extractable private key, for its owner's store. */
export async function makeSignKey(): Promise<SignKey> {
  const pair = (await crypto.subtle.generateKey({ name: 'Ed25519' }, true, [
    'sign',
    'verify',
  ])) as unknown as CryptoKeyPair;
  return {
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
    privateKey: pair.privateKey,
  };
}

/** RFC 8410, section 7: what stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const beforeSeed = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/**
 * The pair that these 32 secret bytes make (RFC 8032, section 5.1.5); its private half is not extractable.
 * @throws RangeError where they are not 32
 */
export async function signKeyOf(seed: Uint8Array): Promise<SignKey> {
  if (seed.length !== 32) throw new RangeError('A key is made of 32 bytes.');
  const pkcs8 = new Uint8Array([...beforeSeed, ...seed]);
  const open = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'Ed25519' }, true, ['sign']);
  const { x = '' } = (await crypto.subtle.exportKey('jwk', open)) as { readonly x?: string };
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'Ed25519' }, false, ['sign']);
  pkcs8.fill(0);
  return { publicKey: fromBase64Url(x), privateKey };
}

/** PKCS #8, for the owner's store: a secret. */
export async function exportPrivateSignKey(privateKey: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey));
}

/** From the owner's store, no longer extractable. @throws Fault `config-invalid` where the bytes are no such key */
export async function importPrivateSignKey(pkcs8: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'Ed25519' }, false, ['sign']);
  } catch (cause) {
    throw new Fault('config-invalid', 'The stored signing key cannot be read. Pair the unit again.', { cause });
  }
}

/** @returns 64 bytes */
export async function sign(
  thing: SignedThing,
  bytes: Uint8Array,
  privateKey: CryptoKey,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, behind(thing, bytes)));
}

/** @param publicKey 32 bytes; an invalid key verifies nothing */
export async function verify(
  thing: SignedThing,
  bytes: Uint8Array,
  signature: Uint8Array<ArrayBuffer>,
  publicKey: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, signature, behind(thing, bytes));
  } catch {
    return false;
  }
}

function behind(thing: SignedThing, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const words = new TextEncoder().encode(`nattfrid v1 ${thing}\0`);
  const all = new Uint8Array(words.length + bytes.length);
  all.set(words);
  all.set(bytes, words.length);
  return all;
}
