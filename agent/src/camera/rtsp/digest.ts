/** Pure. HTTP authentication to a camera: Digest with SHA-256 or MD5 (RFC 7616, RFC 2617), else Basic (RFC 7617). */
import { createHash } from 'node:crypto';
import type { Credentials } from './url.ts';

export interface Challenge {
  readonly scheme: 'digest' | 'basic';
  readonly algorithm: 'md5' | 'sha-256';
  /** The hash is bound to the session (`-sess`). */
  readonly session: boolean;
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  /** The server takes `qop=auth`; false: the older form of RFC 2069. */
  readonly quality: boolean;
}

/** @param headers values of WWW-Authenticate. @returns the strongest supported challenge; undefined: none */
export function strongestChallenge(headers: readonly string[]): Challenge | undefined {
  const all = headers.flatMap((header) => splitChallenges(header)).map(readChallenge);
  return all.filter((one) => one !== undefined).sort((a, b) => strength(b) - strength(a))[0];
}

const strength = (one: Challenge): number => (one.scheme === 'basic' ? 0 : one.algorithm === 'md5' ? 1 : 2);

/** Splits a header with several challenges, which are separated by commas, as their parameters are. */
const splitChallenges = (header: string): readonly string[] => header.split(/,\s*(?=(?:Digest|Basic)\s)/i);

function readChallenge(text: string): Challenge | undefined {
  const scheme = /^\s*(digest|basic)\b/i.exec(text)?.[1]?.toLowerCase() as Challenge['scheme'] | undefined;
  if (!scheme) return undefined;
  const given = new Map<string, string>();
  for (const [, name = '', quoted, bare] of text.matchAll(/([a-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi))
    given.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
  const [, algorithm, session] = /^(md5|sha-256)(-sess)?$/i.exec(given.get('algorithm') || 'MD5') ?? [];
  if (!algorithm) return undefined;
  const qualities = given
    .get('qop')
    ?.split(',')
    .map((one) => one.trim().toLowerCase());
  if (qualities && !qualities.includes('auth')) return undefined;
  return {
    scheme,
    algorithm: algorithm.toLowerCase() as Challenge['algorithm'],
    session: session !== undefined,
    realm: given.get('realm') ?? '',
    nonce: given.get('nonce') ?? '',
    opaque: given.get('opaque'),
    quality: qualities !== undefined,
  };
}

export interface Asked {
  readonly method: string;
  readonly url: string;
  /** Nonce count, from 1. */
  readonly count: number;
  /** Client nonce: random, so that no response repeats. */
  readonly clientNonce: string;
}

/** The value of the Authorization header. */
export function authorise(challenge: Challenge, { user, password }: Credentials, asked: Asked): string {
  if (challenge.scheme === 'basic') return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const { algorithm, realm, nonce, opaque } = challenge;
  const hash = (text: string) => createHash(algorithm.replace('-', '')).update(text).digest('hex');
  const count = asked.count.toString(16).padStart(8, '0');
  const own = hash(`${user}:${realm}:${password}`);
  const first = challenge.session ? hash(`${own}:${nonce}:${asked.clientNonce}`) : own;
  const second = hash(`${asked.method}:${asked.url}`);
  const middle = challenge.quality ? `${nonce}:${count}:${asked.clientNonce}:auth` : nonce;
  const parts = [
    `username=${quote(user)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(asked.url)}`,
    `response="${hash(`${first}:${middle}:${second}`)}"`,
  ];
  if (algorithm !== 'md5' || challenge.session)
    parts.push(`algorithm=${algorithm.toUpperCase()}${challenge.session ? '-sess' : ''}`);
  if (challenge.quality) parts.push('qop=auth', `nc=${count}`);
  if (challenge.quality || challenge.session) parts.push(`cnonce="${asked.clientNonce}"`);
  if (opaque !== undefined) parts.push(`opaque=${quote(opaque)}`);
  return `Digest ${parts.join(', ')}`;
}

/** Escapes outside input, so that it cannot break out of its quotes or its line. */
const quote = (text: string): string => `"${text.replace(/[\r\n]/g, '').replace(/(["\\])/g, '\\$1')}"`;
