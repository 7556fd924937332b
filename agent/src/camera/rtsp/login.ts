/** The login at a camera: which challenge is answered with which password, and when there is nothing left to try. */
import { randomBytes } from 'node:crypto';
import { authorise, type Challenge, challengesOf, schemesOf, strength } from './digest.ts';
import type { RtspResponse } from './event.ts';
import type { Credentials } from './url.ts';

export interface Login {
  /** The Authorization header of a request, once the camera has asked for one. */
  proof(method: string, url: string): Readonly<Record<string, string>>;
  /** Takes an answer 401. @param tries answers 401 to this request before it */
  refused(response: RtspResponse, tries: number): Refusal;
}

export type Refusal =
  | { readonly type: 'again' }
  | { readonly type: 'no-credentials' }
  | { readonly type: 'wrong' }
  /** The camera wants a way to log in that is not known here. */
  | { readonly type: 'unknown-way'; readonly ways: readonly string[] };

/** Answers 401 to one request; more would only lock the user out. */
const mostTries = 3;

/** @param credentials undefined: none are known, or this camera must not have them */
export function openLogin(credentials: Credentials | undefined): Login {
  let password = credentials?.password ?? '';
  let challenge: Challenge | undefined;
  let count = 0;
  const again = (found: Challenge): Refusal => {
    challenge = found;
    count = 0;
    return { type: 'again' };
  };
  return {
    proof(method, url) {
      if (!challenge || !credentials) return {};
      const clientNonce = randomBytes(8).toString('hex');
      const asked = { method, url, count: ++count, clientNonce };
      return { Authorization: authorise(challenge, { ...credentials, password }, asked) };
    },
    refused({ headers }, tries) {
      if (!credentials) return { type: 'no-credentials' };
      const given = headers.get('www-authenticate') ?? [];
      const all = challengesOf(given);
      const [found] = all;
      if (!found) return given.length > 0 ? { type: 'unknown-way', ways: schemesOf(given) } : { type: 'wrong' };
      if (tries >= mostTries) return { type: 'wrong' };
      if (tries === 0 || found.stale) return again(found);
      // Some cameras offer a way that they cannot check themselves, beside one that they can.
      const weaker = challenge && all.find((one) => strength(one) < strength(challenge as Challenge));
      if (weaker) return again(weaker);
      if (credentials.asTyped === undefined || password === credentials.asTyped) return { type: 'wrong' };
      password = credentials.asTyped;
      return again(found);
    },
  };
}
