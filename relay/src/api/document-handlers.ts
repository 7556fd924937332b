/** What the routes of the municipality's documents do: facts out of what the relay holds, and whom people ask. */
import type { DocumentFacts } from '@nattfrid/shared/desk/document-routes';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { Audit } from '../audit/audit.ts';
import type { Plans } from '../plans/plans.ts';
import { findContact, nameOf, saveContact } from '../store/contacts-table.ts';
import type { Store } from '../store/database.ts';
import { allUnits } from '../store/units-table.ts';
import type { ApiHandlers } from './handler.ts';

export const documentHandlers = ({
  store,
  audit,
  plans,
  keepDays,
  version,
}: {
  readonly store: Store;
  readonly audit: Audit;
  readonly plans: Plans;
  readonly keepDays: DocumentFacts['keepDays'];
  /** Of the relay. */
  readonly version: string;
}): Pick<ApiHandlers, 'documentFacts' | 'setContact'> => {
  const facts = documentFactsOf({ store, plans, keepDays, version });
  return {
    documentFacts: ({ who }) => facts(who.organisation),
    async setContact({ body, who }) {
      await audit.write(who.name, 'contact-set', who.organisation, { operator: who.id });
      await store.write(({ db }) => saveContact(db, who.organisation, body));
      return facts(who.organisation);
    },
  };
};

/** What an organisation's documents are made of. */
export const documentFactsOf =
  ({
    store,
    plans,
    keepDays,
    version,
  }: {
    readonly store: Store;
    readonly plans: Plans;
    readonly keepDays: DocumentFacts['keepDays'];
    readonly version: string;
  }) =>
  async (organisation: Organisation): Promise<DocumentFacts> => {
    const units = (await allUnits(store.db)).filter((unit) => unit.organisation === organisation);
    const own = new Set(units.map(({ unit }) => unit));
    const held = (await plans.all(store.db)).filter(({ plan }) => own.has(plan.unit)).map(({ plan }) => plan);
    const contact = await findContact(store.db, organisation);
    return {
      organisation: await nameOf(store.db, organisation),
      ...(contact && { contact }),
      version,
      keepDays,
      homes: new Set(units.map(({ client }) => client)).size,
      units: units.length,
      modes: [...new Set(held.flatMap(({ mode, alsoAgreed = [] }) => [mode, ...alsoAgreed]))],
      alarms: [...new Set(held.flatMap(({ alarms }) => Object.keys(alarms)))],
    };
  };
