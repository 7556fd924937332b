/** Who the unit is: the key, the name and the label secret that it makes itself at its first start, and the short code. */
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { UnitId } from '@nattfrid/shared/domain/ids';
import type { SignKey } from '@nattfrid/shared/seal/sign';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { Database } from './database.ts';
import { keepKeys, keptKey, unitKey } from './keys.ts';

export interface Identity {
  readonly key: SignKey;
  /** `e-` and eight letters of the key's fingerprint. */
  readonly unit: UnitId;
  /** 128 bits, base64url. */
  readonly secret: string;
  /** Ten figures. */
  readonly code: string;
}

export async function unitIdentity(database: Database): Promise<Identity> {
  const key = await unitKey(database);
  const stored = (name: string) => keptKey(database, name);
  if (stored('label-secret') === undefined || stored('short-code') === undefined)
    keepKeys(database, {
      'label-secret': toBase64Url(new Uint8Array(randomBytes(16))),
      'short-code': String(randomInt(1e5)).padStart(5, '0') + String(randomInt(1e5)).padStart(5, '0'),
    });
  return {
    key,
    unit: unitName(key.publicKey),
    secret: String(stored('label-secret')),
    code: String(stored('short-code')),
  };
}

const letters = 'abcdefghijklmnopqrstuvwxyz234567';

/** 40 bits of SHA-256 of the key (RFC 4648, base 32): no two of a municipality's units have the same. */
export function unitName(publicKey: Uint8Array): UnitId {
  const digest = createHash('sha256').update('nattfrid v1 unit name\0').update(publicKey).digest();
  const bits = digest.subarray(0, 5).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const name = Array.from({ length: 8 }, (_, at) => letters[Number((bits >> BigInt(35 - 5 * at)) & 31n)]).join('');
  return UnitId.parse(`e-${name}`);
}
