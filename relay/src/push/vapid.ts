/** The door to jose: the relay's own key towards push services (VAPID, RFC 8292), and the token that it signs with it. */
import { createECDH } from 'node:crypto';
import type { Instant } from '@nattfrid/shared/time/instant';
import { importJWK, SignJWT } from 'jose';

export interface VapidKey {
  /** A point of P-256, uncompressed, base64url: browsers subscribe with it. */
  readonly publicKey: string;
  /** Base64url. */
  readonly privateKey: string;
}

/** RFC 8292 §2: at most 24 hours. */
const lastsSeconds = 12 * 3600;

export function makeVapidKey(): VapidKey {
  const key = createECDH('prime256v1');
  key.generateKeys();
  // Without leading noughts it may be shorter than 32 bytes.
  const scalar = Buffer.concat([Buffer.alloc(32), key.getPrivateKey()]).subarray(-32);
  return { publicKey: key.getPublicKey('base64url'), privateKey: scalar.toString('base64url') };
}

/** @param contact who answers for this relay, as https: or mailto: @returns the header Authorization for one endpoint */
export async function vapidHeader(
  { publicKey, privateKey }: VapidKey,
  endpoint: string,
  contact: string,
  now: Instant,
): Promise<string> {
  const point = Buffer.from(publicKey, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33, 65)].map((half) => half.toString('base64url'));
  if (x === undefined || y === undefined) throw new TypeError('a point has two halves');
  const key = await importJWK({ kty: 'EC', crv: 'P-256', x, y, d: privateKey }, 'ES256');
  const token = await new SignJWT({})
    .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
    .setAudience(new URL(endpoint).origin)
    .setExpirationTime(Math.floor(now / 1000) + lastsSeconds)
    .setSubject(contact)
    .sign(key);
  return `vapid t=${token}, k=${publicKey}`;
}
