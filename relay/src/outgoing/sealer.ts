/** Secrets of our own on the disk, sealed under a key that is not on it. To be exchanged for another: whoever opens it knows its names only. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface Sealer {
  /** @returns printable, some 60 characters longer than the text */
  seal(text: string): string;
  /** @returns undefined where it was sealed under another key, or is damaged */
  open(sealed: string): string | undefined;
}

const algorithm = 'aes-256-gcm';

/** AES-256-GCM under a key made of the relay's setting `secret` (HKDF, RFC 5869): whoever has the database alone opens nothing. */
export function openSealer(secret: string): Sealer {
  const key = Buffer.from(hkdfSync('sha256', secret, 'nattfrid', 'own secrets of the relay', 32));
  return {
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv(algorithm, key, nonce);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < 28) return undefined;
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
