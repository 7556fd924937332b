/** What the routes about organisations do. Whatever ends with an agreement has ended before the answer. */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Audit } from '../audit/audit.ts';
import type { Ending } from '../ending/ending.ts';
import type { Agreements } from '../organisations/agreements.ts';
import { allOrganisations } from '../store/agreements-table.ts';
import type { Store } from '../store/database.ts';
import type { ApiHandlers } from './handler.ts';

export function organisationHandlers({
  store,
  audit,
  agreements,
  ending,
}: {
  readonly store: Store;
  readonly audit: Audit;
  readonly agreements: Agreements;
  readonly ending: Ending;
}): Pick<ApiHandlers, 'organisations' | 'agreements' | 'addAgreement' | 'endAgreement'> {
  /** What it changes is so before the answer. */
  const done = async <Answer>(answer: Answer | Fault) => {
    if (!(answer instanceof Fault)) await ending.check();
    return answer;
  };
  return {
    organisations: async ({ who }) => ({ own: who.organisation, organisations: await allOrganisations(store.db) }),
    async agreements({ who }) {
      await audit.write(who.name, 'agreements-read', 'agreements', { operator: who.id });
      return { agreements: await agreements.of(who.organisation) };
    },
    addAgreement: async ({ body, who }) => done(await agreements.add(who, body)),
    endAgreement: async ({ params, who }) => done(await agreements.end(who, params.agreement)),
  };
}
