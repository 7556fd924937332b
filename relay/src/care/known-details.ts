/** What following up needs of who clients are: how far away they live, and their family names. Nothing where there is no key. */
import { PersonalDetails } from '@nattfrid/shared/care/client';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import type { Past } from '../follow-up/statistics.ts';
import { familyName } from '../log-check/oddities.ts';
import type { Sealer } from '../personal/sealer.ts';
import { clientsOf } from '../store/clients-table.ts';
import type { Db } from '../store/database.ts';
import { places } from './around-client.ts';

async function detailsOf(
  db: Db,
  sealer: Sealer,
  organisation: Organisation,
): Promise<ReadonlyMap<ClientAlias, PersonalDetails>> {
  // Figures and checks of the log go on without names, rather than not at all.
  if (sealer.fault) return new Map();
  const found = new Map<ClientAlias, PersonalDetails>();
  for (const { alias, client, personal } of await clientsOf(db, organisation))
    if (personal !== undefined)
      found.set(alias, PersonalDetails.parse(JSON.parse(sealer.open(personal, places.personal(client)))));
  return found;
}

export async function travelOf(db: Db, sealer: Sealer, organisation: Organisation): Promise<Past['travel']> {
  const details = await detailsOf(db, sealer, organisation);
  return (client) => {
    const { travelMinutes, travelKilometres } = details.get(client) ?? {};
    return {
      ...(travelMinutes !== undefined && { minutes: travelMinutes }),
      ...(travelKilometres !== undefined && { kilometres: travelKilometres }),
    };
  };
}

/** In small letters: the client's own, and those of whoever stands close. */
export async function familiesOf(
  db: Db,
  sealer: Sealer,
  organisation: Organisation,
): Promise<(client: ClientAlias) => readonly string[]> {
  const details = await detailsOf(db, sealer, organisation);
  return (client) => {
    const known = details.get(client);
    return known ? [known.name, ...(known.relatives ?? []).map(({ name }) => name)].map(familyName) : [];
  };
}
