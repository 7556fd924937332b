/** RTSP logins of a manner (RFC 2069, 2617, 7616), written independently of the client's side. */
import { createHash } from 'node:crypto';
import type { LoginManner } from './manner.ts';

export interface Guard {
  challenges(now: number): readonly string[];
  /** `stale`: the nonce is too old. */
  judge(method: string, header: string | undefined, now: number): 'pass' | 'none' | 'wrong' | 'stale';
}

const realm = 'night camera';
const hashes = { MD5: 'md5', 'MD5-sess': 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' } as const;

/** Nonces hold on every connection. @param now seconds */
export function openGuard(login: LoginManner): Guard {
  const { scheme, algorithm = 'MD5', unsaid, qop, opaque, others = [], user = 'admin', staleAfter, edits = [] } = login;
  const password = login.really ?? login.password;
  let nonces = 0;
  const made = new Map<string, number>();
  const hash = (text: string) => createHash(hashes[algorithm]).update(text).digest('hex');
  return {
    challenges(now) {
      if (scheme === 'basic') return [...others, `Basic realm="${realm}"`];
      const nonce = `${++nonces}f00d${'0a'.repeat(8)}`;
      made.set(nonce, now);
      const parts = [`realm="${realm}"`, `nonce="${nonce}"`];
      if (!unsaid) parts.push(`algorithm=${algorithm}`);
      if (qop) parts.push(`qop="${qop}"`);
      if (opaque) parts.push('opaque="5ccc069c"');
      const text = edits.reduce((said, [from, to]) => said.replace(from, to), `Digest ${parts.join(', ')}`);
      return [...others, text];
    },
    judge(method, header, now) {
      if (!header) return 'none';
      if (scheme === 'basic')
        return header === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` ? 'pass' : 'wrong';
      const get = (name: string) => new RegExp(`\\b${name}\\s*=\\s*"?([^",]*)"?`).exec(header)?.[1] ?? '';
      const nonce = get('nonce');
      const since = made.get(nonce);
      if (since === undefined) return 'none';
      if (staleAfter !== undefined && now - since > staleAfter) return 'stale';
      const plain = hash(`${user}:${get('realm')}:${password}`);
      const first = algorithm === 'MD5-sess' ? hash(`${plain}:${nonce}:${get('cnonce')}`) : plain;
      const second = hash(`${method}:${get('uri')}`);
      const middle = qop && get('qop') ? `${nonce}:${get('nc')}:${get('cnonce')}:${get('qop')}` : nonce;
      const right = get('response') === hash(`${first}:${middle}:${second}`) && get('username') === user;
      return right ? 'pass' : 'wrong';
    },
  };
}
