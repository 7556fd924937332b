/** Pure. HTTP authentication to a camera: Digest with SHA-512/256, SHA-256 or MD5 (RFC 7616, RFC 2617), else Basic (RFC 7617). */
import { createHash } from 'node:crypto';
import type { Credentials } from './url.ts';

export interface Challenge {
  readonly scheme: 'digest' | 'basic';
  readonly algorithm: Algorithm;
  /** The camera has named the algorithm, and may want to see it again. */
  readonly named: boolean;
  /** The hash is bound to the session (`-sess`). */
  readonly session: boolean;
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  /** Quality of protection; undefined: the older form of RFC 2069. With `auth-int` the body counts too, which is always empty. */
  readonly quality: 'auth' | 'auth-int' | undefined;
  /** The user's name is to be hashed (RFC 7616 §3.4.4). */
  readonly userHash: boolean;
  /** The last answer was right, but for a nonce that is too old. */
  readonly stale: boolean;
}

type Algorithm = 'md5' | 'sha-256' | 'sha-512-256';

/** By strength, and what node:crypto calls them. */
const hashes: Readonly<Record<Algorithm, string>> = { md5: 'md5', 'sha-256': 'sha256', 'sha-512-256': 'sha512-256' };

/** @param headers values of WWW-Authenticate. @returns the supported challenges, the strongest first */
export function challengesOf(headers: readonly string[]): readonly Challenge[] {
  const all = headers.flatMap((header) => splitChallenges(header)).map(readChallenge);
  return all.filter((one) => one !== undefined).sort((a, b) => strength(b) - strength(a));
}

/** What the camera calls the ways to log in that it offers, for a message: `Digest MD2`, `Bearer`. */
export function schemesOf(headers: readonly string[]): readonly string[] {
  return headers
    .flatMap((header) => splitChallenges(header))
    .flatMap((text) => {
      const scheme = /^\s*([A-Za-z][\w-]{0,20})/.exec(text)?.[1];
      const algorithm = parametersOf(text)
        .get('algorithm')
        ?.replace(/[^\w-]/g, '')
        .slice(0, 20);
      return scheme === undefined ? [] : [algorithm ? `${scheme} ${algorithm}` : scheme];
    })
    .slice(0, 4);
}

/** Orders challenges: Basic is the weakest. */
export const strength = (one: Challenge): number =>
  one.scheme === 'basic' ? -1 : Object.keys(hashes).indexOf(one.algorithm);

/** Splits a header with several challenges, which are separated by commas, as their parameters are. */
const splitChallenges = (header: string): readonly string[] => header.split(/,\s*(?=(?:Digest|Basic)\s)/i);

/** Bytes of a challenge that are read. */
const longest = 4096;

function parametersOf(text: string): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  const pairs = text.slice(0, longest).matchAll(/([a-z-]{1,30})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi);
  for (const [, name = '', quoted, bare] of pairs)
    given.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
  return given;
}

function readChallenge(text: string): Challenge | undefined {
  const scheme = /^\s*(digest|basic)\b/i.exec(text)?.[1]?.toLowerCase() as Challenge['scheme'] | undefined;
  if (!scheme) return undefined;
  const given = parametersOf(text);
  const [, algorithm, session] = /^(md5|sha-256|sha-512-256)(-sess)?$/i.exec(given.get('algorithm') || 'MD5') ?? [];
  if (!algorithm) return undefined;
  const qualities = given
    .get('qop')
    ?.split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '');
  const quality = (['auth', 'auth-int'] as const).find((one) => qualities?.includes(one));
  if (qualities && qualities.length > 0 && !quality) return undefined;
  return {
    scheme,
    algorithm: algorithm.toLowerCase() as Algorithm,
    named: Boolean(given.get('algorithm')),
    session: session !== undefined,
    realm: given.get('realm') ?? '',
    nonce: given.get('nonce') ?? '',
    opaque: given.get('opaque'),
    quality,
    userHash: given.get('userhash')?.toLowerCase() === 'true',
    stale: given.get('stale')?.toLowerCase() === 'true',
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
  const hash = (text: string) => createHash(hashes[algorithm]).update(text).digest('hex');
  const count = asked.count.toString(16).padStart(8, '0');
  const own = hash(`${user}:${realm}:${password}`);
  const first = challenge.session ? hash(`${own}:${nonce}:${asked.clientNonce}`) : own;
  const body = challenge.quality === 'auth-int' ? `:${hash('')}` : '';
  const second = hash(`${asked.method}:${asked.url}${body}`);
  const middle = challenge.quality ? `${nonce}:${count}:${asked.clientNonce}:${challenge.quality}` : nonce;
  const parts = [
    `username=${quote(challenge.userHash ? hash(`${user}:${realm}`) : user)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(asked.url)}`,
    `response="${hash(`${first}:${middle}:${second}`)}"`,
  ];
  if (challenge.named || challenge.session)
    parts.push(`algorithm=${algorithm.toUpperCase()}${challenge.session ? '-sess' : ''}`);
  if (challenge.quality) parts.push(`qop=${challenge.quality}`, `nc=${count}`);
  if (challenge.quality || challenge.session) parts.push(`cnonce="${asked.clientNonce}"`);
  if (opaque !== undefined) parts.push(`opaque=${quote(opaque)}`);
  if (challenge.userHash) parts.push('userhash=true');
  return `Digest ${parts.join(', ')}`;
}

/** Escapes outside input, so that it cannot break out of its quotes or its line. */
const quote = (text: string): string => `"${text.replace(/[\r\n]/g, '').replace(/(["\\])/g, '\\$1')}"`;
