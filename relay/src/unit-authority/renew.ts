/** A unit's certificate is exchanged for a new one: over the one that it has, and by the signature of its own key. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { hasSignedRenewal } from '@nattfrid/shared/seal/pairing-terms';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { RenewalAnswer, RenewalAsked } from '@nattfrid/shared/wire/pairing';
import type { Audit } from '../audit/audit.ts';
import type { Store } from '../store/database.ts';
import { findCertificate, insertCertificate, revokeCertificates } from '../store/unit-certificates-table.ts';
import type { UnitAuthority } from './authority.ts';
import type { Judged } from './judge.ts';

export type Renew = (
  who: Exclude<Judged, { type: 'refused' }>,
  asked: RenewalAsked,
) => Promise<RenewalAnswer | Fault>;

export function openRenewing(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly authority: UnitAuthority;
}): Renew {
  const { store, clock, audit, authority } = parts;
  return async ({ type, unit, certificate, publicKey }, { request, at, signature }) => {
    const { serial } = certificate;
    if (!(await hasSignedRenewal({ unit, request, at, serial }, signature, publicKey)))
      return new Fault('signature-wrong', "The renewal is not signed with the unit's own key.");
    const issued = await authority.certify(unit, request, clock.now());
    if (issued instanceof Fault) return issued;
    await store.write(async (tx) => {
      // Another renewal, or the end of the unit, may have come in between.
      const still = await findCertificate(tx.db, serial);
      if (!still || still.revokedAt !== undefined) throw new Fault('not-now', 'This certificate has been revoked.');
      const details = { until: printInstant(issued.until), serial: issued.serial, was: type };
      await audit.append(tx, `unit ${unit}`, 'unit-certificate-renewed', unit, details);
      // The one that it came with goes on: the answer may be lost on its way.
      await revokeCertificates(tx.db, unit, clock.now(), [serial]);
      await insertCertificate(tx.db, { ...issued, unit, from: clock.now() });
    });
    return { certificate: issued.certificate, authority: authority.certificate };
  };
}
