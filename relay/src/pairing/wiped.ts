/** A unit has been wiped, and has signed that it was: it opens nothing any more, and its item in stock can be sent back. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import { Fault } from '@nattfrid/shared/fault/fault';
import { isWipeCertified, type WipeCertificate } from '@nattfrid/shared/seal/wipe';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours } from '@nattfrid/shared/time/duration';
import { parseInstant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import { stepItem } from '../stock/step-item.ts';
import type { Store } from '../store/database.ts';
import { findLabel, insertWipe, wipesOf } from '../store/labels-table.ts';
import { findStockItem } from '../store/stock-table.ts';
import { findUnit, type UnitRow } from '../store/units-table.ts';
import { takeOut } from '../units/end-unit.ts';

/**
 * @param organisation whose unit it is said to be @param by who brings the certificate: a person, or the unit itself
 * @returns why it is not believed; undefined: it is kept, the unit is taken out, and its item is `returned` and wiped
 */
export async function keepWipe(
  { store, audit, clock }: { readonly store: Store; readonly audit: Audit; readonly clock: Clock },
  by: { readonly name: string; readonly id?: string },
  organisation: Organisation,
  certificate: WipeCertificate,
): Promise<Fault | undefined> {
  const { unit } = certificate;
  const label = await findLabel(store.db, unit);
  const row = await findUnit(store.db, unit);
  const isOwn = (label ?? row)?.organisation === organisation;
  const publicKey = label?.publicKey ?? row?.publicKey;
  if (!isOwn || publicKey === undefined) return new Fault('not-found', `There is no unit ${unit}.`);
  if (!(await isWipeCertified(certificate, publicKey)))
    return new Fault('signature-wrong', `The certificate of the wipe is not signed by ${unit}.`);
  const isKnown = (await wipesOf(store.db, unit)).some(({ signature }) => signature === certificate.signature);
  if (row && (isKnown || isOfBefore(certificate, row)))
    return new Fault(
      'not-now',
      `This certificate is of a wipe before ${unit} was paired. Wipe it again, and bring the new one.`,
    );
  await audit.write(by.name, 'unit-wiped', unit, {
    ...(row && { client: row.client }),
    at: certificate.at,
    what: certificate.what.join(' '),
    signature: certificate.signature,
    ...(by.id && { operator: by.id }),
  });
  await store.write(async (tx) => {
    const { db } = tx;
    await insertWipe(db, organisation, certificate);
    const item = label && (await findStockItem(db, organisation, label.item));
    if (item) {
      const moved = { type: 'moved', to: 'returned', wiped: true, by: by.name, at: clock.now() } as const;
      await stepItem(db, organisation, item, moved);
    }
    await takeOut(tx, { unit });
  });
  return undefined;
}

/** A clock of a unit that shows an earlier time was never set. */
const neverSet = parseInstant('2026-01-01T00:00:00Z');
/** By so much two clocks may differ. */
const apart = hours(1);

/** The same label signs in each home: what it has signed in the last one ends nothing in this. */
function isOfBefore({ at }: WipeCertificate, { pairedAt }: Pick<UnitRow, 'pairedAt'>): boolean {
  const wipedAt = parseInstant(at);
  return pairedAt !== undefined && wipedAt > neverSet && wipedAt < pairedAt - apart;
}
