/** Pure. Recovery codes: for whoever has not got the telephone at hand. Each opens once; the relay keeps what they are known again by. */
import { createHmac, hkdfSync } from 'node:crypto';
import { makePassword } from '../operators/password.ts';

export interface Recovery {
  /** Ten new ones, and what each is kept as. */
  make(): readonly { readonly code: string; readonly hash: string }[];
  /** @param code as it was typed: with hyphens, spaces and capitals or without */
  hash(code: string): string;
}

const many = 10;

/** @param secret the relay's setting: without it what is kept tells nothing, and there are too many codes to try them all */
export function openRecovery(secret: string): Recovery {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'nattfrid recovery codes', 32));
  const hash = (code: string) => createHmac('sha256', key).update(plain(code)).digest('base64url');
  return {
    make: () =>
      Array.from({ length: many }, () => {
        // 59 random bits.
        const code = makePassword().split('-').slice(0, 3).join('-');
        return { code, hash: hash(code) };
      }),
    hash,
  };
}

/** As codes are compared: «kqpm-7fxa w3he» is «kqpm7fxaw3he». */
export const plain = (code: string): string => code.replace(/[\s-]/g, '').toLowerCase();
