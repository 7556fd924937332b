/** The login of an ONVIF camera of ours, written independently of the library's side: WS-UsernameToken (OASIS, digest) and HTTP Digest. */
import { createHash } from 'node:crypto';
import { unescaped } from './xml.ts';

export interface Known {
  readonly user: string;
  readonly password: string;
  /** The camera's own time. */
  readonly now: number;
  /** Nonces that were shown before. */
  readonly seen: Set<string>;
}

/** By so much a token's time may be off, as with cameras that hold off replays. */
const freshness = 5000;

export function mayPassByToken(envelope: string, { user, password, now, seen }: Known): boolean {
  const get = (name: string) => unescaped(new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>([^<]*)<`).exec(envelope)?.[1] ?? '');
  const [nonce, created] = [get('Nonce'), get('Created')];
  if (get('Username') !== user || nonce === '' || seen.has(nonce)) return false;
  if (Math.abs(Date.parse(created) - now) > freshness) return false;
  seen.add(nonce);
  const bytes = [Buffer.from(nonce, 'base64'), Buffer.from(created), Buffer.from(password, 'utf8')];
  return get('Password') === createHash('sha1').update(Buffer.concat(bytes)).digest('base64');
}

export const digestChallenge = 'Digest realm="onvif", qop="auth", nonce="4711", algorithm=MD5';

export function mayPassByDigest(header: string | undefined, path: string, { user, password }: Known): boolean {
  const get = (name: string) => new RegExp(`\\b${name}="?([^",]*)"?`).exec(header ?? '')?.[1] ?? '';
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const expected = md5(
    `${md5(`${user}:onvif:${password}`)}:4711:${get('nc')}:${get('cnonce')}:auth:${md5(`POST:${path}`)}`,
  );
  return get('username') === user && get('response') === expected;
}
