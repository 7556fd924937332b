/** Pure. The bench's own key, which units seal their labels for: kept in the bench's folder, and destroyed when the labels are printed. */
import { Fault } from '../fault/fault.ts';
import type { CryptoKeyPair } from './crypto-key.ts';
import type { OperatorKey } from './hpke.ts';

/** A fresh pair. @returns the public half, 32 bytes, and the private one for its owner's store, PKCS #8: a secret */
export async function makeBenchKey(): Promise<{
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly pkcs8: Uint8Array<ArrayBuffer>;
}> {
  const pair = (await crypto.subtle.generateKey({ name: 'X25519' }, true, ['deriveBits'])) as unknown as CryptoKeyPair;
  return {
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
    pkcs8: new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)),
  };
}

/** From its owner's store, no longer extractable. @throws Fault `config-invalid` where the bytes are no such key */
export async function importBenchKey(
  publicKey: Uint8Array<ArrayBuffer>,
  pkcs8: Uint8Array<ArrayBuffer>,
): Promise<OperatorKey> {
  try {
    return {
      publicKey,
      privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'X25519' }, false, ['deriveBits']),
    };
  } catch (cause) {
    throw new Fault('config-invalid', "The bench's key cannot be read. Begin with another folder.", { cause });
  }
}
