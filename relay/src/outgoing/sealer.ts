/** Secrets of our own on the disk, sealed under a key that is not on it. To be exchanged for another: whoever opens it knows its names only. */
import { openSecretBox } from '../at-rest/secret-box.ts';

export interface Sealer {
  /** @returns printable, some 60 characters longer than the text */
  seal(text: string): string;
  /** @returns undefined where it was sealed under another key, or is damaged */
  open(sealed: string): string | undefined;
}

export function openSealer(secret: string): Sealer {
  const box = openSecretBox(secret, 'nattfrid', 'own secrets of the relay');
  return {
    seal: (text) => box.seal(text),
    open(sealed) {
      try {
        return box.open(sealed);
      } catch {
        return undefined;
      }
    },
  };
}
