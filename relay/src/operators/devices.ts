/**
 * Devices that somebody has signed in on before: a cookie that only this relay can make says so, for one account. It opens nothing;
 * whoever guesses at that account from elsewhere does not make its owner wait.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Devices {
  /** @param cookies the whole header @returns the device's name, where it is known for this account */
  known(email: string, cookies: string | undefined): string | undefined;
  /** The cookie to set after signing in. */
  remember(email: string): string;
}

/** Browsers keep none longer. */
const lasts = 400 * 24 * 3600;

export function openDevices(secret: string): Devices {
  const sign = (words: string) => createHmac('sha256', secret).update(`device\n${words}`).digest('base64url');
  // One for each account: staff share consoles.
  const cookieName = (email: string) => `nattfrid.device-${sign(email.toLowerCase()).slice(0, 12)}`;
  const proof = (device: string, email: string) => sign(`${device}\n${email.toLowerCase()}`);
  return {
    known(email, cookies = '') {
      const name = `${cookieName(email)}=`;
      const value = cookies.split(/; */).find((cookie) => cookie.startsWith(name));
      const [device = '', given = ''] = value?.slice(name.length).split('.') ?? [];
      const right = Buffer.from(proof(device, email));
      const found = Buffer.from(given);
      return found.length === right.length && timingSafeEqual(found, right) ? device : undefined;
    },
    remember(email) {
      const device = randomBytes(16).toString('base64url');
      const value = `${device}.${proof(device, email)}`;
      return `${cookieName(email)}=${value}; Max-Age=${lasts}; Path=/api/sign-in; HttpOnly; SameSite=Strict`;
    },
  };
}
