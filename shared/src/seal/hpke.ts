/**
 * Pure. The one door to HPKE (RFC 9180, base mode): unit and console agree on a secret.
 * DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM; runs on WebCrypto in Node and in the browser.
 */

import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { Fault } from '../fault/fault.ts';
import type { CryptoKey, CryptoKeyPair } from './crypto-key.ts';

/** RFC 9180 §7: KEM 0x0020, KDF 0x0001, AEAD 0x0001; the suite of appendix A.1. */
export const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
});

export interface OperatorKey {
  /** X25519, 32 bytes; the half that is sent. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** Not extractable: it never leaves the console that made it. */
  readonly privateKey: CryptoKey;
}

/** The shared HPKE context, from which secrets are exported. */
export interface Agreed {
  /** The secret for one purpose (RFC 9180 §5.3); each purpose gives another. @param length in bytes */
  secretFor(purpose: string, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** A fresh key pair for one look. */
export async function makeOperatorKey(): Promise<OperatorKey> {
  const pair = (await crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits'])) as unknown as CryptoKeyPair;
  return {
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
    privateKey: pair.privateKey,
  };
}

/**
 * The sending end.
 * @param publicKey of the receiver, X25519, 32 bytes
 * @param about purpose of the agreement (`info`); both ends must use the same
 * @returns `encapsulated`: 32 bytes for the receiver, not secret. Or a Fault `seal-broken` where the key is invalid
 */
export async function agreeWith(
  publicKey: Uint8Array<ArrayBuffer>,
  about: string,
): Promise<(Agreed & { readonly encapsulated: Uint8Array<ArrayBuffer> }) | Fault> {
  try {
    const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey.slice().buffer);
    const context = await suite.createSenderContext({ recipientPublicKey, info: utf8(about) });
    return { encapsulated: new Uint8Array(context.enc), secretFor: exporting(context) };
  } catch (cause) {
    return new Fault('seal-broken', 'The operator’s key cannot be sealed for: it is not an X25519 key.', { cause });
  }
}

/** The receiving end. With another key or another `about` it gives other secrets, and nothing opens. */
export async function agreeFrom(
  key: OperatorKey,
  encapsulated: Uint8Array<ArrayBuffer>,
  about: string,
): Promise<Agreed | Fault> {
  try {
    const publicKey = await suite.kem.deserializePublicKey(key.publicKey.slice().buffer);
    const context = await suite.createRecipientContext({
      // As a pair, because the public key cannot be derived from a private key that is not extractable.
      recipientKey: { publicKey, privateKey: key.privateKey },
      enc: encapsulated.slice().buffer,
      info: utf8(about),
    });
    return { secretFor: exporting(context) };
  } catch (cause) {
    return new Fault('seal-broken', 'The encapsulated key of this look is not one that was made for us.', { cause });
  }
}

/**
 * One short secret for one receiver. @param about as of `agreeWith` @returns a Fault `seal-broken` where the key is invalid
 */
export async function sealFor(
  publicKey: Uint8Array<ArrayBuffer>,
  about: string,
  plain: Uint8Array<ArrayBuffer>,
): Promise<{ readonly encapsulated: Uint8Array<ArrayBuffer>; readonly sealed: Uint8Array<ArrayBuffer> } | Fault> {
  try {
    const recipientPublicKey = await suite.kem.deserializePublicKey(publicKey.slice().buffer);
    const context = await suite.createSenderContext({ recipientPublicKey, info: utf8(about) });
    const sealed = new Uint8Array(await context.seal(plain.slice().buffer));
    return { encapsulated: new Uint8Array(context.enc), sealed };
  } catch (cause) {
    return new Fault('seal-broken', 'Nothing can be sealed for this key: it is not an X25519 key.', { cause });
  }
}

/** @returns a Fault `seal-broken`: changed, sealed for another key, or about something else */
export async function openSealed(
  key: OperatorKey,
  about: string,
  {
    encapsulated,
    sealed,
  }: { readonly encapsulated: Uint8Array<ArrayBuffer>; readonly sealed: Uint8Array<ArrayBuffer> },
): Promise<Uint8Array<ArrayBuffer> | Fault> {
  try {
    const publicKey = await suite.kem.deserializePublicKey(key.publicKey.slice().buffer);
    const context = await suite.createRecipientContext({
      recipientKey: { publicKey, privateKey: key.privateKey },
      enc: encapsulated.slice().buffer,
      info: utf8(about),
    });
    return new Uint8Array(await context.open(sealed.slice().buffer));
  } catch (cause) {
    return new Fault('seal-broken', 'What was sealed cannot be opened with this key.', { cause });
  }
}

interface Exporting {
  export(context: ArrayBuffer, length: number): Promise<ArrayBuffer>;
}

const exporting = (context: Exporting) => async (purpose: string, length: number) =>
  new Uint8Array(await context.export(utf8(purpose), length));

const utf8 = (text: string): ArrayBuffer => new TextEncoder().encode(text).slice().buffer;
