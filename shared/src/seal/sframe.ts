/**
 * Pure. SFrame (RFC 9605), cipher suite AES_128_GCM_SHA256_128: authenticated encryption of each picture under one key, with a counter
 * against replay and reordering. Runs on WebCrypto in Node and in the browser.
 */

import { Fault } from '../fault/fault.ts';
import type { CryptoKey } from './crypto-key.ts';
import { readSframeHeader, writeSframeHeader } from './sframe-header.ts';

const cipherSuite = 0x0004;

interface SframeKey {
  readonly kid: bigint;
  readonly key: CryptoKey;
  /** 12 bytes, XORed with the counter into each nonce. */
  readonly salt: Uint8Array<ArrayBuffer>;
}

/** RFC 9605 §4.4.2. @param baseKey any length; ours has 16 bytes */
export async function deriveSframeKey(baseKey: Uint8Array<ArrayBuffer>, kid: bigint): Promise<SframeKey> {
  const base = await crypto.subtle.importKey('raw', baseKey, 'HKDF', false, ['deriveBits']);
  const derive = async (label: string, length: number) =>
    crypto.subtle.deriveBits(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: sframeLabel(label, kid) },
      base,
      length * 8,
    );
  const key = await crypto.subtle.importKey('raw', await derive('key', 16), 'AES-GCM', false, ['encrypt', 'decrypt']);
  return { kid, key, salt: new Uint8Array(await derive('salt', 12)) };
}

/** «SFrame 1.0 Secret key », then the key id in 8 bytes and the cipher suite in 2. */
export function sframeLabel(label: string, kid: bigint): Uint8Array<ArrayBuffer> {
  const words = new TextEncoder().encode(`SFrame 1.0 Secret ${label} `);
  const bytes = new Uint8Array(words.length + 10);
  bytes.set(words);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(words.length, kid);
  view.setUint16(words.length + 8, cipherSuite);
  return bytes;
}

/** §4.4.3. @param metadata authenticated but not sent: the opener must give the same */
export async function sealSframe(
  { kid, key, salt }: SframeKey,
  ctr: bigint,
  metadata: Uint8Array,
  plain: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = writeSframeHeader(kid, ctr);
  const sealed = await crypto.subtle.encrypt(parameters(salt, ctr, header, metadata), key, plain);
  return join(header, new Uint8Array(sealed));
}

/** §4.4.4. @returns a Fault `seal-broken` for a changed byte, other metadata, or another key */
export async function openSframe(
  { kid, key, salt }: SframeKey,
  metadata: Uint8Array,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<{ readonly ctr: bigint; readonly plain: Uint8Array<ArrayBuffer> } | Fault> {
  const header = readSframeHeader(sealed);
  if (!header || header.kid !== kid) return broken();
  const { ctr, length } = header;
  try {
    const bound = parameters(salt, ctr, sealed.subarray(0, length), metadata);
    const plain = await crypto.subtle.decrypt(bound, key, sealed.subarray(length));
    return { ctr, plain: new Uint8Array(plain) };
  } catch (cause) {
    return broken(cause);
  }
}

const parameters = (salt: Uint8Array, ctr: bigint, header: Uint8Array, metadata: Uint8Array) => ({
  name: 'AES-GCM',
  iv: nonce(salt, ctr),
  additionalData: join(header, metadata),
  tagLength: 128,
});

/** The salt XOR the counter, as 12 bytes big-endian. */
function nonce(salt: Uint8Array, ctr: bigint): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(salt);
  for (let at = 11, rest = ctr; rest > 0n; at--, rest >>= 8n) bytes[at]! ^= Number(rest & 255n);
  return bytes;
}

const broken = (cause?: unknown): Fault =>
  new Fault('seal-broken', 'A picture does not open: it was changed on its way, or sealed for somebody else.', {
    cause,
  });

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
