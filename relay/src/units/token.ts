/** The credential of a unit: a random token, of which only a salted hash is kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { StoredToken } from '../store/units-table.ts';

/**
 * 256 random bits need no slow hash: there is nothing to guess.
 * @returns the token, shown once, and what to keep of it
 */
export function makeToken(): { readonly token: string; readonly stored: StoredToken } {
  const token = randomBytes(32).toString('base64url');
  const salt = randomBytes(16).toString('base64url');
  return { token, stored: { salt, hash: hashToken(salt, token).toString('base64url') } };
}

/** In the same time whether it is right, wrong or for a unit that does not exist. */
export function tokenIsRight(stored: StoredToken | undefined, token: string): boolean {
  const { salt, hash } = stored ?? nobody;
  const right = timingSafeEqual(Buffer.from(hash, 'base64url'), hashToken(salt, token));
  return right && stored !== undefined;
}

const hashToken = (salt: string, token: string): Buffer => createHash('sha256').update(`${salt}\n${token}`).digest();
const nobody: StoredToken = { salt: '', hash: Buffer.alloc(32).toString('base64url') };
