/** Pure. Whether the relay is reached, and whether the certificate by which the unit shows who it is still opens anything there. */
import type { Check } from '@nattfrid/shared/domain/check';

/** `late`: renewing it has failed for long. */
export type CertificateState = 'well' | 'late' | 'expired';

/** @param certificate undefined: this unit shows a token instead */
export function relayCheck(isUp: boolean, certificate: CertificateState | undefined): Check {
  const said = (state: Check['state'], code: string): Check => ({ name: 'relay', state, code });
  if (certificate === 'expired') return said('fault', 'certificate-expired');
  if (!isUp) return said('fault', 'not-reached');
  return certificate === 'late' ? said('advice', 'renewal-late') : said('well', 'connected');
}
