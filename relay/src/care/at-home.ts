/** What the relay alone knows of a unit's home: the place, and of the plan in force its comment and its action cards. In memory. */
import type { ActionCard } from '@nattfrid/shared/care/action-card';
import type { CardFor, PlanForm } from '@nattfrid/shared/care/plan-form';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { AtHome } from '../looks/view.ts';
import type { Sealer } from '../personal/sealer.ts';
import { carePlansOn } from '../store/care-plans-table.ts';
import type { Store } from '../store/database.ts';
import { allUnits } from '../store/units-table.ts';
import { formOf } from './around-client.ts';

export interface AtHomes {
  of(unit: UnitId): AtHome | undefined;
  /** The card that the plan in force of this client has for an event. */
  cardOf(client: ClientAlias, event: CardFor): ActionCard | undefined;
  /** The cards of all plans in force in an organisation. */
  cards(organisation: Organisation): ReadonlyMap<ClientAlias, PlanForm['cards']>;
  /** After another plan governs, or the units are others. */
  refresh(): Promise<void>;
}

export function openAtHomes({
  store,
  sealer,
  log,
}: {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly log: Logger;
}): AtHomes {
  let known: ReadonlyMap<UnitId, AtHome> = new Map();
  let told = false;

  let homes: ReadonlyMap<ClientAlias, Pick<PlanForm, 'cards'> & { readonly organisation: Organisation }> = new Map();

  async function forms(): Promise<ReadonlyMap<UnitId, PlanForm>> {
    const found = new Map<UnitId, PlanForm>();
    for (const row of await carePlansOn(store.db)) {
      if (row.plan.name !== 'in-force') continue;
      const form = formOf(sealer, row);
      if (form) for (const { unit } of row.plan.signed.units) found.set(unit, form);
    }
    return found;
  }

  return {
    of: (unit) => known.get(unit),
    cardOf: (client, event) => homes.get(client)?.cards[event],
    cards: (organisation) =>
      new Map(
        [...homes].flatMap(([client, home]) =>
          home.organisation === organisation ? [[client, home.cards] as const] : [],
        ),
      ),
    async refresh() {
      let governing: ReadonlyMap<UnitId, PlanForm> = new Map();
      try {
        governing = await forms();
        told = false;
      } catch (error) {
        // A look goes on without its comment, rather than not at all.
        if (!told)
          log.error('The comments and action cards of plans cannot be read', { words: asFault(error).message });
        told = true;
      }
      const units = await allUnits(store.db);
      known = new Map(
        units.map(({ unit, place }) => [unit, { place, comment: governing.get(unit)?.comment }] as const),
      );
      homes = new Map(
        units.flatMap(({ unit, client, organisation }) => {
          const form = governing.get(unit);
          return form ? [[client, { cards: form.cards, organisation }] as const] : [];
        }),
      );
    },
  };
}
