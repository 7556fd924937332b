/**
 * Pure. What a unit is paired with, authenticated by what stands on its label (HMAC-SHA256), and what the unit signs of it. A relay can
 * neither name its own municipality nor hand a console the key of another unit.
 */
import { fromBase64Url, toBase64Url } from '../wire/bytes.ts';
import { claimed, claimOf } from './claim.ts';
import type { CryptoKey } from './crypto-key.ts';
import type { Label } from './label.ts';
import { type SignKey, sign } from './sign.ts';

/** What console and unit must both have before them. */
export interface PairingTerms {
  readonly ticket: string;
  /** The unit's own, fresh with each connection: nothing that was authenticated before serves again. */
  readonly nonce: string;
  readonly unit: string;
  /** The unit's Ed25519 key, base64url. */
  readonly publicKey: string;
  readonly organisation: string;
  /** The municipality's Ed25519 key, base64url: the unit believes no other. */
  readonly planKey: string;
  readonly client: string;
  readonly place: string;
}

/** @param key of the label secret or of the short code. @returns 32 bytes, base64url */
export async function authenticateTerms(terms: PairingTerms, key: CryptoKey): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', key, termsClaim(terms))));
}

/** In the same time whether it is right or wrong (WebCrypto's own comparison). */
export async function areTermsRight(terms: PairingTerms, mac: string, key: CryptoKey): Promise<boolean> {
  try {
    return await crypto.subtle.verify('HMAC', key, fromBase64Url(mac), termsClaim(terms));
  } catch {
    return false;
  }
}

/** A console asks this before it authenticates anything: does the relay name the unit that this label is of, with its key? */
export const isUnitOfLabel = (
  label: Pick<Label, 'unit' | 'publicKey'>,
  named: { readonly unit: string; readonly publicKey: string },
): boolean => label.unit === named.unit && label.publicKey === named.publicKey;

const termsClaim = ({ ticket, nonce, unit, publicKey, organisation, planKey, client, place }: PairingTerms) =>
  claimOf(['nattfrid v1 pairing', ticket, nonce, unit, publicKey, organisation, planKey, client, place]);

/** The unit that connects, over the nonce that the relay has just made. */
export interface Waiting {
  readonly unit: string;
  readonly publicKey: string;
  readonly relayNonce: string;
  readonly nonce: string;
  /** Since the machine has power. */
  readonly poweredSeconds: number;
}

export const signWaiting = async (said: Waiting, key: SignKey): Promise<string> =>
  toBase64Url(await sign('pairing-waiting', waitingClaim(said), key.privateKey));
export const hasSignedWaiting = (said: Waiting, signature: string): Promise<boolean> =>
  claimed('pairing-waiting', waitingClaim(said), { signature, key: said.publicKey });
const waitingClaim = ({ unit, publicKey, relayNonce, nonce, poweredSeconds }: Waiting) =>
  claimOf([unit, publicKey, relayNonce, nonce, String(poweredSeconds)]);

/** @param request PKCS #10, DER, base64url: ticket, nonce and TLS key belong together, and the unit's own key says so */
export const signRequest = async (terms: PairingTerms, request: string, key: SignKey): Promise<string> =>
  toBase64Url(await sign('pairing-request', requestClaim(terms, request), key.privateKey));
export const hasSignedRequest = (terms: PairingTerms, request: string, signature: string): Promise<boolean> =>
  claimed('pairing-request', requestClaim(terms, request), { signature, key: terms.publicKey });
const requestClaim = ({ ticket, nonce, unit }: PairingTerms, request: string) =>
  claimOf([ticket, nonce, unit, request]);

/** A renewal: another TLS key under the same name. @param at ISO 8601, by the unit's clock */
export interface Renewal {
  readonly unit: string;
  readonly request: string;
  readonly at: string;
  /** Serial number of the certificate that it takes the place of. */
  readonly serial: string;
}

export const signRenewal = async (said: Renewal, key: SignKey): Promise<string> =>
  toBase64Url(await sign('pairing-renewal', renewalClaim(said), key.privateKey));
export const hasSignedRenewal = (said: Renewal, signature: string, publicKey: string): Promise<boolean> =>
  claimed('pairing-renewal', renewalClaim(said), { signature, key: publicKey });
const renewalClaim = ({ unit, request, at, serial }: Renewal) => claimOf([unit, request, at, serial]);
