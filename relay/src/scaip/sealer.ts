/** Seals a text for the database, under a key that is not in it (AES-256-GCM, NIST SP 800-38D). */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Fault } from '@nattfrid/shared/fault/fault';
import { fromBase64Url, toBase64Url } from '@nattfrid/shared/wire/bytes';

export interface Sealer {
  /** @returns a Fault `config-invalid` where there is no key */
  seal(text: string): string | Fault;
  /** @returns a Fault `seal-broken` where it was sealed with another key, or changed */
  open(sealed: string): string | Fault;
}

const form = 'v1.';

/** @param key 32 bytes, base64url; undefined: nothing can be sealed */
export function openSealer(key: string | undefined): Sealer {
  const missing = () =>
    new Fault('config-invalid', 'A password can be kept only sealed: set personalKey, 32 random bytes as base64url.');
  if (key === undefined) return { seal: missing, open: missing };
  const secret = fromBase64Url(key);
  return {
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', secret, nonce);
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${form}${toBase64Url(sealed)}`;
    },
    open(sealed) {
      try {
        const bytes = fromBase64Url(sealed.slice(form.length));
        const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(-16));
        return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
      } catch (cause) {
        return new Fault('seal-broken', 'This was sealed with another key than personalKey, or has been changed.', {
          cause,
        });
      }
    },
  };
}
