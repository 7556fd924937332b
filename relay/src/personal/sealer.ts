/** Pure. Seals personal text at rest: AES-256-GCM under a key that is not in the database, bound to the very place it stands in. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Fault } from '@nattfrid/shared/fault/fault';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';

/** Where a sealed text stands: moved to another row or column, it opens no more. */
export interface Where {
  readonly table: string;
  readonly column: string;
  /** The row's key; where a table has but one, the same word always. */
  readonly row: string;
}

export interface Sealer {
  /** @returns base64url, a third longer than the text and 44 letters more. @throws Fault `personal-key-missing`, `personal-key-wrong` */
  seal(text: string, where: Where): string;
  /** @throws Fault `personal-key-missing`, `personal-key-wrong` where another key has sealed it, `seal-broken` where it was changed or moved */
  open(sealed: string, where: Where): string;
  /** The first eight hexadecimal digits of the key's SHA-256: tells keys apart, and opens nothing. undefined: there is no key. */
  readonly key: string | undefined;
  /** Why nothing can be sealed or opened; undefined: all is well. */
  readonly fault: Fault | undefined;
}

/** The first byte of what is sealed: another way of sealing gets another one. */
const version = 1;
const [keyLength, nonceLength, tagLength] = [4, 12, 16];
const headLength = 1 + keyLength;

/** @param key 32 bytes @param inUse the `key` under which something is sealed already: another key seals nothing beside it */
export function openSealer(key: Uint8Array, inUse?: string): Sealer {
  const id = createHash('sha256').update(key).digest().subarray(0, keyLength);
  const name = id.toString('hex');
  const fault = inUse !== undefined && inUse !== name ? wrongKey(inUse, name) : undefined;
  return {
    key: name,
    fault,
    seal(text, where) {
      if (fault) throw fault;
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(where));
      const sealed = [cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return toBase64Url(Buffer.concat([Buffer.from([version]), id, nonce, ...sealed]));
    },
    open(sealed, where) {
      const bytes = bytesOf(sealed, where);
      const by = bytes.subarray(1, headLength).toString('hex');
      if (by !== name) throw wrongKey(by, name);
      const nonce = bytes.subarray(headLength, headLength + nonceLength);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(bound(where));
      decipher.setAuthTag(bytes.subarray(-tagLength));
      try {
        const text = decipher.update(bytes.subarray(headLength + nonceLength, -tagLength));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch (cause) {
        throw broken(where, cause);
      }
    },
  };
}

/** Of a relay without a key, or that cannot read it: no client can be kept, and everything else goes on. */
export function withoutKey(fault: Fault = noKey()): Sealer {
  const refuse = () => {
    throw fault;
  };
  return { key: undefined, fault, seal: refuse, open: refuse };
}

/** For what has a place of its own, and asks for no more than a text: one column of one table. */
export const sealedAt = (
  sealer: Sealer,
  where: Where,
): { seal(text: string): string; open(sealed: string): string } => ({
  seal: (text) => sealer.seal(text, where),
  open: (sealed) => sealer.open(sealed, where),
});

/** Which key has sealed this, as `Sealer.key` says it. @throws Fault `seal-broken` */
export const keyOf = (sealed: string, where: Where): string =>
  bytesOf(sealed, where).subarray(1, headLength).toString('hex');

function bytesOf(sealed: string, where: Where): Buffer {
  let bytes: Buffer;
  try {
    bytes = Buffer.from(fromBase64Url(sealed));
  } catch (cause) {
    throw broken(where, cause);
  }
  if (bytes[0] !== version || bytes.length < headLength + nonceLength + tagLength) throw broken(where);
  return bytes;
}

const bound = ({ table, column, row }: Where): Buffer => Buffer.from(JSON.stringify([version, table, column, row]));

const broken = ({ table, column }: Where, cause?: unknown): Fault =>
  new Fault(
    'seal-broken',
    `What is sealed in ${table}.${column} was changed, or moved from another place. Restore a backup.`,
    { cause },
  );
const noKey = (): Fault =>
  new Fault(
    'personal-key-missing',
    'This relay has no key for personal details, so no client can be kept or read. Make one: nattfrid-relay personal-key FILE, and set personalKey.',
  );
const wrongKey = (needed: string, has: string): Fault =>
  new Fault(
    'personal-key-wrong',
    `Personal details are sealed under the key ${needed}, and personalKey is the key ${has}. Set the file with the right one; what is sealed is not lost.`,
  );
