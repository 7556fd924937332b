/** An organisation is made known to the relay, by whoever runs it: no organisation makes another. */
import { OrganisationView } from '@nattfrid/shared/desk/agreement';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Audit } from '../audit/audit.ts';
import { allOrganisations, insertOrganisation } from '../store/agreements-table.ts';
import type { Store } from '../store/database.ts';
import { unitOrganisations } from '../store/units-table.ts';

/** @returns why not, or undefined */
export async function addOrganisation(
  { store, audit, clock }: { readonly store: Store; readonly audit: Audit; readonly clock: Pick<Clock, 'now'> },
  given: { readonly [Name in keyof OrganisationView]: string },
): Promise<Fault | undefined> {
  const checked = OrganisationView.safeParse(given);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    const where = issue?.path.join('.') ?? '';
    return new Fault('request-invalid', `The organisation is wrong at «${where}»: ${issue?.message ?? ''}.`);
  }
  const one = checked.data;
  return store.write(async (tx) => {
    if ((await allOrganisations(tx.db)).some(({ organisation }) => organisation === one.organisation))
      return new Fault('already-there', `There is already an organisation ${one.organisation}.`);
    const theirs = (await unitOrganisations(tx.db)).keys().find((unit) => unit.startsWith(`${one.organisation}-`));
    if (theirs !== undefined)
      return new Fault(
        'already-there',
        `There is a unit ${theirs}: names that begin so would be this organisation's. Give it another name.`,
      );
    await audit.append(tx, 'relay', 'organisation-added', one.organisation, {
      name: one.name,
      kind: one.kind,
      organisation: one.organisation,
    });
    await insertOrganisation(tx.db, one, clock.now());
    return undefined;
  });
}
