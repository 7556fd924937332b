/** Pure. The door to otpauth: codes of six figures that an authenticator app makes anew every 30 seconds (RFC 6238, HMAC-SHA-1). */
import type { Instant } from '@nattfrid/shared/time/instant';
import { Secret, TOTP } from 'otpauth';

/** What every authenticator app takes. */
const usual = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** @returns 160 bits of chance (RFC 4226 § 4, R6) in base 32 */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** @param name whose it is, in the app's list @returns for a QR code (Key URI Format) */
export const uriOf = (secret: string, name: string): string =>
  new TOTP({ ...usual, issuer: 'Nattfrid', label: name, secret: Secret.fromBase32(secret) }).toString();

/** @returns the step of 30 s whose code this is: the one of `now`, or one beside it, for clocks that are off (§ 5.2); undefined: none */
export function stepOf(secret: string, code: string, now: Instant): number | undefined {
  // The library takes figures of other scripts for bytes that are too many, and throws.
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const timestamp = Math.floor(now);
  const off = TOTP.validate({ ...usual, secret: Secret.fromBase32(secret), token: code, timestamp, window: 1 });
  return off === null ? undefined : TOTP.counter({ period: usual.period, timestamp }) + off;
}
