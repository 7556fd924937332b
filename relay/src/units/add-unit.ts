/** A unit is made known to the relay, and given its token, which is shown once and kept nowhere. */
import {
  firstOrganisation,
  isTrainingAlias,
  Organisation,
  trainingMark,
  trainingOf,
} from '@nattfrid/shared/desk/organisation';
import { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { Base64Url } from '@nattfrid/shared/wire/bytes';
import { z } from 'zod';
import type { Audit } from '../audit/audit.ts';
import { allOrganisations } from '../store/agreements-table.ts';
import { clientOfHome } from '../store/clients-table.ts';
import type { Store } from '../store/database.ts';
import { findUnit, insertUnit, unitOrganisation, unitsOfClient } from '../store/units-table.ts';
import { makeToken } from './token.ts';
import { wrongName } from './unit-names.ts';

/**
 * `publicKey`: Ed25519, the unit's own, 32 bytes in base64url. Units with the same `client` are one home; `place` tells their
 * cameras apart, and is never an address or a name. `training`: nobody lives there; said now, and for as long as there is the unit.
 */
const NewUnit = z.object({
  unit: UnitId,
  client: ClientAlias,
  place: z.string().trim().min(1).max(40).optional(),
  publicKey: Base64Url.length(43),
  organisation: Organisation.default(firstOrganisation),
  training: z.boolean().default(false),
});
export type NewUnit = z.input<typeof NewUnit>;

/** Who does it, in the audit log: whoever runs the relay if not given. */
interface By {
  readonly name: string;
  readonly id?: string;
}

export async function addUnit(
  { store, audit, clock }: { readonly store: Store; readonly audit: Audit; readonly clock: Clock },
  given: NewUnit,
  by: By = { name: 'relay' },
): Promise<{ readonly token: string } | Fault> {
  const checked = NewUnit.safeParse(given);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    return new Fault(
      'request-invalid',
      `The unit is wrong at «${issue?.path.join('.') ?? ''}»: ${issue?.message ?? ''}.`,
    );
  }
  const { unit, place, publicKey, training } = checked.data;
  const organisation = training ? trainingOf(checked.data.organisation) : checked.data.organisation;
  const client = training ? markedAlias(checked.data.client) : checked.data.client;
  if (client.length > 32)
    return new Fault('request-invalid', `Before the alias stands «${trainingMark}»: take one of at most 25 letters.`);
  if (!training && isTrainingAlias(client))
    return new Fault('request-invalid', `«${trainingMark}» stands before training homes alone. Take another alias.`);
  const organisations = (await allOrganisations(store.db)).map((one) => one.organisation);
  const own = checked.data.organisation;
  const wrong = wrongName(unit, own, [...organisations, own]);
  if (wrong) return wrong;
  const before = await unitOrganisation(store.db, unit);
  if ((await findUnit(store.db, unit)) || (before !== undefined && before !== organisation))
    return new Fault('already-there', `There is already a unit ${unit}. Take another name.`);
  // Units of one alias are one home, with one visit, and that of the client of this alias: never of two organisations.
  const home = [...(await unitsOfClient(store.db, client)), ...[(await clientOfHome(store.db, client)) ?? []].flat()];
  if (home.some((one) => one.organisation !== organisation))
    return new Fault('already-there', `There is already a home by the alias ${client}. Take another alias.`);
  const { token, stored } = makeToken();
  await audit.write(by.name, 'unit-added', unit, {
    client,
    organisation,
    ...(by.id && { operator: by.id }),
  });
  await store.write(({ db }) =>
    insertUnit(db, { unit, client, place, publicKey, organisation, addedAt: clock.now() }, stored),
  );
  return { token };
}

const markedAlias = (client: ClientAlias): ClientAlias =>
  isTrainingAlias(client) ? client : (`${trainingMark} ${client}` as ClientAlias);
