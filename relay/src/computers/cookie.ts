/**
 * A browser is known again by a cookie that says nothing of anybody: who has been signed in there, one after the other, is seen by it,
 * and that two accounts are used at one computer. Whoever deletes it is another one: it is no proof, and opens nothing.
 */
import { randomBytes } from 'node:crypto';

const name = 'nattfrid.computer';
/** Seconds; browsers keep none longer. */
const lasts = 400 * 24 * 3600;
const bytes = 16;
const wellMade = /^[\w-]{22}$/;

/** @param cookies the whole header @returns undefined: this browser has none, or not one of ours */
export function computerOf(cookies: string | undefined): string | undefined {
  const found = cookies?.split(/; */).find((cookie) => cookie.startsWith(`${name}=`));
  const value = found?.slice(name.length + 1) ?? '';
  return wellMade.test(value) ? value : undefined;
}

/** The cookie to set where there is none. */
export const freshComputer = (): string =>
  `${name}=${randomBytes(bytes).toString('base64url')}; Max-Age=${lasts}; Path=/api; HttpOnly; SameSite=Strict`;
