/** What the routes about work orders and pairing do. */
import { may } from '@nattfrid/shared/desk/permissions';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Present } from '../operators/operators.ts';
import type { Pairing } from '../pairing/pairing.ts';
import type { WorkOrders } from '../pairing/work-orders.ts';
import type { ApiHandlers } from './handler.ts';

type Handled = 'workOrders' | 'addWorkOrder' | 'callOffWorkOrder' | 'beginPairing' | 'confirmPairing' | 'pairing';

export const workOrderHandlers = ({
  workOrders,
  pairing,
}: {
  readonly workOrders: WorkOrders;
  readonly pairing: Pairing | undefined;
}): Pick<ApiHandlers, Handled> => {
  const of = async (who: Present) => ({ orders: await workOrders.of(who, may(who.role, 'make-work-orders')) });
  const noAuthority = new Fault(
    'not-now',
    'This relay pairs no units: whoever runs it sets unitAuthority and unitPort. See docs/operating.md.',
    { fields: { why: 'no-authority' } },
  );
  return {
    workOrders: async ({ who }) => of(who),
    addWorkOrder: async ({ body, who }) => (await workOrders.make(who, body)) ?? of(who),
    callOffWorkOrder: async ({ params, who }) => (await workOrders.callOff(who, params.order)) ?? of(who),
    beginPairing: async ({ params, body, who }) => pairing?.begin(who, params.order, body) ?? noAuthority,
    confirmPairing: async ({ params, body, who }) => pairing?.confirm(who, params.ticket, body.mac) ?? noAuthority,
    pairing: async ({ params, who }) => pairing?.view(who, params.ticket) ?? noAuthority,
  };
};
