/** What the routes about other systems do: webhooks, keys, and what a key can read and write. */

import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Audit } from '../audit/audit.ts';
import type { ApiKeys } from '../connections/api-keys.ts';
import { alarmsListed, looksListed, outcomesCsv, visitsListed } from '../connections/listed.ts';
import type { Webhooks } from '../connections/webhooks.ts';
import type { Ending } from '../ending/ending.ts';
import { importPeople } from '../operators/import-people.ts';
import type { Operators } from '../operators/operators.ts';
import type { Staff } from '../operators/staff.ts';
import type { Store } from '../store/database.ts';
import type { ApiHandlers } from './handler.ts';

type Names =
  | 'connections'
  | 'addWebhook'
  | 'setWebhook'
  | 'newWebhookSecret'
  | 'tryWebhook'
  | 'seeToWebhook'
  | 'removeWebhook'
  | 'addApiKey'
  | 'revokeApiKey'
  | 'listAlarms'
  | 'listLooks'
  | 'listVisits'
  | 'exportOutcomes'
  | 'importPeople';

export const connectionsHandlers = (parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly operators: Operators;
  readonly staff: Staff;
  readonly ending: Ending;
  readonly webhooks: Webhooks;
  readonly apiKeys: ApiKeys;
}): Pick<ApiHandlers, Names> => {
  const { store, clock, audit, webhooks, apiKeys } = parts;
  return {
    connections: async ({ who: { organisation } }) => ({
      webhooks: await webhooks.all(organisation),
      keys: await apiKeys.all(organisation),
    }),
    addWebhook: ({ body, who }) => webhooks.add(who, body),
    setWebhook: ({ params, body, who }) => webhooks.set(who, params.webhook, body),
    newWebhookSecret: ({ params, who }) => webhooks.newSecret(who, params.webhook),
    tryWebhook: ({ params, who }) => webhooks.try(who, params.webhook),
    seeToWebhook: ({ params, body, who }) => webhooks.seeTo(who, params.webhook, body.again),
    removeWebhook: async ({ params, who }) => (await webhooks.remove(who, params.webhook)) ?? {},
    addApiKey: ({ body, who }) => apiKeys.add(who, body),
    revokeApiKey: async ({ params, who }) => (await apiKeys.revoke(who, params.key)) ?? {},
    listAlarms: ({ params, who }) => alarmsListed(store.db, who.organisation, params, clock.now()),
    listLooks: ({ params, who }) => looksListed(store.db, who.organisation, params, clock.now()),
    listVisits: ({ params, who }) => visitsListed(store.db, who.organisation, params, clock.now()),
    async exportOutcomes({ params, who }) {
      await audit.write(who.name, 'outcomes-exported', 'outcomes', {
        ...(params.from && { from: params.from }),
        ...(params.to && { to: params.to }),
        operator: who.id,
      });
      return outcomesCsv(store.db, who.organisation, params, clock.now());
    },
    async importPeople({ body, who, isOver }) {
      const people = await importPeople(parts, who, body, !who.id.startsWith('key:'), isOver);
      if (people instanceof Fault) return people;
      // Whoever was taken away or has another role is put out before the answer.
      if (!body.dryRun) await parts.ending.check();
      return { dryRun: body.dryRun, people };
    },
  };
};
