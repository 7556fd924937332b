/** Pure. Texts at rest, sealed with AES-256-GCM under a key made of the relay's setting `secret`: whoever has the database alone opens nothing. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface SecretBox {
  /** @param about what it is bound to, and needed to open it @returns base64url: nonce, tag, text */
  seal(text: string, about?: string): string;
  /** @throws Error where it was sealed by another key, for another, or changed since */
  open(sealed: string, about?: string): string;
}

const [nonceLength, tagLength] = [12, 16];
const headLength = nonceLength + tagLength;
const algorithm = 'aes-256-gcm';

/** @param salt of HKDF (RFC 5869) @param info what the key is for: keys of two purposes open nothing of each other */
export function openSecretBox(secret: string, salt: string, info: string): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', secret, salt, info, 32));
  return {
    seal(text, about = '') {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(about));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(sealed, about = '') {
      const bytes = Buffer.from(sealed, 'base64url');
      // A shorter tag would be accepted as one, and guessed more easily.
      if (bytes.length < headLength) throw new Error('What is sealed is too short to be whole.');
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceLength)).setAAD(Buffer.from(about));
      decipher.setAuthTag(bytes.subarray(nonceLength, headLength));
      return Buffer.concat([decipher.update(bytes.subarray(headLength)), decipher.final()]).toString('utf8');
    },
  };
}
