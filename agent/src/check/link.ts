/** Pure. Whether the relay is reached, and how long the certificate by which the unit shows who it is still lasts. */
import type { Check } from '@nattfrid/shared/domain/check';
import type { Instant } from '@nattfrid/shared/time/instant';

export interface CertificateTimes {
  readonly from: Instant;
  readonly until: Instant;
}

/** A certificate is renewed when a third of its time has gone; with less than a third of it left renewing has failed for long. */
const lateFrom = 2 / 3;

/** @param certificate undefined: this unit shows a token instead */
export function relayCheck(isUp: boolean, certificate: CertificateTimes | undefined, at: Instant): Check {
  const days = certificate && Math.floor((certificate.until - at) / 86_400_000);
  const figures = days === undefined ? {} : { figures: { certificateDays: days } };
  if (certificate && at >= certificate.until)
    return { name: 'relay', state: 'fault', code: 'certificate-expired', ...figures };
  if (!isUp) return { name: 'relay', state: 'fault', code: 'not-reached', ...figures };
  const isLate = certificate && at - certificate.from > (certificate.until - certificate.from) * lateFrom;
  if (isLate) return { name: 'relay', state: 'advice', code: 'renewal-late', ...figures };
  return { name: 'relay', state: 'well', code: 'connected', ...figures };
}
