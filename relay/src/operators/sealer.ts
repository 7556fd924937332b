/** Pure. Secrets of providers at rest, each bound to whose it is. */
import { openSecretBox } from '../at-rest/secret-box.ts';

export interface Sealer {
  /** @param about whose it is: sealed for one, it opens for no other */
  seal(text: string, about: string): string;
  /** @throws Error where it was sealed by another key, for another, or changed since */
  open(sealed: string, about: string): string;
}

export const openSealer = (secret: string): Sealer => openSecretBox(secret, '', 'nattfrid provider secrets');
