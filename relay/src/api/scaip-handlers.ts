/** What the routes about receivers of alarms do. */
import type { Receivers } from '../scaip/receivers.ts';
import type { ApiHandlers } from './handler.ts';

type ScaipRoutes = 'receivers' | 'saveReceiver' | 'removeReceiver' | 'testReceiver';

/** Each writes its line in the audit log first. */
export const scaipHandlers = ({ receivers }: { readonly receivers: Receivers }): Pick<ApiHandlers, ScaipRoutes> => ({
  receivers: async ({ who }) => ({ receivers: await receivers.all(who.organisation) }),
  saveReceiver: ({ body, who }) => receivers.save(who, body),
  removeReceiver: async ({ params, who }) => (await receivers.remove(who, params.receiver)) ?? {},
  testReceiver: ({ params, who }) => receivers.test(who, params.receiver),
});
