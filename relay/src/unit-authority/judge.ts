/**
 * Who comes to the listener for units. The connection has proved that it has the key; here is asked whether the certificate is, byte for
 * byte, one that this relay has issued, for a unit that there is. Node names one fault of a chain and hides the others behind it, so that
 * its word alone lets nobody in: «has expired» is what it says of a foreign one that has expired as well.
 */
import { X509Certificate } from 'node:crypto';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { type Duration, days } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from '../store/database.ts';
import { findCertificate, type UnitCertificate } from '../store/unit-certificates-table.ts';
import { findUnit } from '../store/units-table.ts';
import { digestOf, type UnitAuthority } from './authority.ts';

/** What the other end of a connection has shown. */
export interface Shown {
  /** DER; undefined: none. */
  readonly certificate: Uint8Array | undefined;
  /** As Node names what is wrong with it; undefined: nothing. */
  readonly fault: string | undefined;
}

export type Judged =
  | { readonly type: 'valid' | 'expired'; readonly unit: UnitId; readonly certificate: UnitCertificate; readonly publicKey: string }
  | { readonly type: 'refused'; readonly why: WhyRefused; readonly unit?: UnitId };

export type WhyRefused =
  | 'no-certificate'
  | 'foreign-certificate'
  | 'certificate-revoked'
  | 'certificate-expired'
  | 'certificate-too-old'
  | 'no-such-unit';

/** So long after its end a certificate still opens its renewal. */
export const grace: Duration = days(90);

/** @param now by the relay's clock, which is the one that counts */
export async function judgeCertificate(
  shown: Shown,
  { authority, db, now }: { readonly authority: UnitAuthority; readonly db: Db; readonly now: Instant },
): Promise<Judged> {
  if (!shown.certificate) return { type: 'refused', why: 'no-certificate' };
  const read = readCertificate(shown.certificate);
  if (!read || !authority.hasIssued(read)) return { type: 'refused', why: 'foreign-certificate' };
  const known = await findCertificate(db, read.serialNumber.toLowerCase());
  if (!known || known.digest !== digestOf(shown.certificate)) return { type: 'refused', why: 'foreign-certificate' };
  const { unit } = known;
  if (known.revokedAt !== undefined) return { type: 'refused', why: 'certificate-revoked', unit };
  const row = await findUnit(db, unit);
  if (!row?.isPaired) return { type: 'refused', why: 'no-such-unit', unit };
  if (now >= known.until + grace) return { type: 'refused', why: 'certificate-too-old', unit };
  if (shown.fault !== undefined && shown.fault !== 'CERT_HAS_EXPIRED')
    return { type: 'refused', why: 'foreign-certificate', unit };
  const isOver = now >= known.until || shown.fault !== undefined;
  return { type: isOver ? 'expired' : 'valid', unit, certificate: known, publicKey: row.publicKey };
}

function readCertificate(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}
