/** Pure. The answer to «who are you»: digest login as SIP has it (RFC 3261 section 22, RFC 8760: SHA-256 and SHA-512-256 beside MD5). */
import { createHash } from 'node:crypto';

export interface Login {
  readonly user: string;
  readonly password: string;
}

export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly algorithm: Algorithm;
  /** The older form without `qop` where the server names none. */
  readonly auth: boolean;
  readonly stale: boolean;
}

const hashes = { 'SHA-512-256': 'sha512-256', 'SHA-256': 'sha256', MD5: 'md5' } as const;
type Algorithm = keyof typeof hashes;

/** @param given a WWW-Authenticate or Proxy-Authenticate header. @returns undefined: one that we cannot answer */
export function readChallenge(given: string): Challenge | undefined {
  if (!/^digest\s/i.test(given)) return undefined;
  const parts = new Map<string, string>();
  for (const [, name, quoted, plain] of given
    .slice(7)
    .matchAll(/([a-z][a-z0-9_-]{0,30})\s*=\s*(?:"((?:[^"\\]|\\.){0,500})"|([^\s,"]{1,500}))/gi))
    parts.set(name!.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
  const named = (parts.get('algorithm') ?? 'MD5').toUpperCase();
  const algorithm = (Object.keys(hashes) as Algorithm[]).find((one) => one === named);
  const [realm, nonce] = [parts.get('realm'), parts.get('nonce')];
  const qop = parts
    .get('qop')
    ?.toLowerCase()
    .split(/\s*,\s*/);
  if (!algorithm || realm === undefined || !nonce || (qop && !qop.includes('auth'))) return undefined;
  const stale = parts.get('stale')?.toLowerCase() === 'true';
  return { realm, nonce, opaque: parts.get('opaque'), algorithm, auth: qop !== undefined, stale };
}

/** The first that we can answer: servers name the one that they like best first (RFC 8760 section 2.4). */
export function chooseChallenge(given: readonly string[]): Challenge | undefined {
  for (const one of given) {
    const challenge = readChallenge(one);
    if (challenge) return challenge;
  }
  return undefined;
}

/**
 * The value of Authorization or Proxy-Authorization.
 *
 * @param count of requests with this nonce, from 1 @param cnonce fresh, of letters and digits
 */
export function answerChallenge(
  challenge: Challenge,
  login: Login,
  asked: { readonly method: string; readonly uri: string; readonly count: number; readonly cnonce: string },
): string {
  const { realm, nonce, opaque, algorithm, auth } = challenge;
  const hash = (text: string) => createHash(hashes[algorithm]).update(text, 'utf8').digest('hex');
  const nc = asked.count.toString(16).padStart(8, '0');
  const secret = hash(`${login.user}:${realm}:${login.password}`);
  const about = hash(`${asked.method}:${asked.uri}`);
  const response = auth
    ? hash(`${secret}:${nonce}:${nc}:${asked.cnonce}:auth:${about}`)
    : hash(`${secret}:${nonce}:${about}`);
  const parts = [
    `username="${quoted(login.user)}"`,
    `realm="${quoted(realm)}"`,
    `nonce="${quoted(nonce)}"`,
    `uri="${quoted(asked.uri)}"`,
    `response="${response}"`,
    `algorithm=${algorithm}`,
    ...(auth ? ['qop=auth', `nc=${nc}`, `cnonce="${asked.cnonce}"`] : []),
    ...(opaque !== undefined ? [`opaque="${quoted(opaque)}"`] : []),
  ];
  return `Digest ${parts.join(', ')}`;
}

const quoted = (text: string): string => text.replace(/["\\]/g, '\\$&');
