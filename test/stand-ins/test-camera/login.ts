/** RTSP authentication of the test camera, written independently of the client's side, so that one tests the other. */
import { createHash } from 'node:crypto';

export interface Login {
  readonly user: string;
  readonly password: string;
  readonly scheme: 'digest-md5' | 'digest-sha-256' | 'basic';
}

const realm = 'test camera';

export const challenge = ({ scheme }: Login, nonce: string): string => {
  if (scheme === 'basic') return `Basic realm="${realm}"`;
  const algorithm = scheme === 'digest-md5' ? 'MD5' : 'SHA-256';
  return `Digest realm="${realm}", nonce="${nonce}", algorithm=${algorithm}, qop="auth"`;
};

/** @param header value of Authorization; undefined: not allowed */
export function mayPass(login: Login, nonce: string, method: string, header: string | undefined): boolean {
  if (!header) return false;
  const { user, password, scheme } = login;
  if (scheme === 'basic') return header === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const get = (name: string) => new RegExp(`\\b${name}="?([^",]*)"?`).exec(header)?.[1] ?? '';
  const hash = (text: string) =>
    createHash(scheme === 'digest-md5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex');
  const ha1 = hash(`${user}:${realm}:${password}`);
  const ha2 = hash(`${method}:${get('uri')}`);
  const expected = hash(`${ha1}:${nonce}:${get('nc')}:${get('cnonce')}:auth:${ha2}`);
  return get('username') === user && get('nonce') === nonce && get('response') === expected;
}
