/** What the routes of setting up do: each step written in the audit log with it, and what the unit makes of it told with the order. */
import type { DocumentFacts } from '@nattfrid/shared/desk/document-routes';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Audit } from '../audit/audit.ts';
import type { Installations } from '../installations/installations.ts';
import type { Store } from '../store/database.ts';
import { findWorkOrder } from '../store/work-orders-table.ts';
import type { ApiHandlers } from './handler.ts';

type Handled = 'workOrder' | 'tryStep' | 'confirmStep' | 'finishWorkOrder' | 'installRecord' | 'installPapers';

export const installationHandlers = ({
  store,
  audit,
  installations,
  orderView,
  documentFacts,
}: {
  readonly store: Store;
  readonly audit: Pick<Audit, 'write'>;
  readonly installations: Installations;
  /** An order as it is shown, with the names of people. */
  readonly orderView: (order: string) => Promise<WorkOrderView | Fault>;
  readonly documentFacts: (organisation: Organisation) => Promise<DocumentFacts>;
}): Pick<ApiHandlers, Handled> => {
  const view = async (order: string): Promise<WorkOrderView | Fault> => orderView(order);
  const after = async (order: string, fault: Fault | undefined) => fault ?? view(order);
  return {
    workOrder: ({ params }) => view(params.order),
    tryStep: async ({ params: { order, step }, body, who }) =>
      after(order, await installations.tryStep(order, step, body, who)),
    confirmStep: async ({ params: { order, step }, who }) =>
      after(order, await installations.confirmStep(order, step, who)),
    finishWorkOrder: async ({ params: { order }, who }) => after(order, await installations.finish(order, who)),
    async installRecord({ params: { order }, who }) {
      await audit.write(who.name, 'install-record-read', order, { operator: who.id });
      const known = await findWorkOrder(store.db, order);
      const shown = await view(order);
      if (shown instanceof Fault) return shown;
      return known
        ? installations.record(store.db, known, shown)
        : new Fault('not-found', 'There is no such work order.');
    },
    async installPapers({ params: { order }, who }) {
      const shown = await view(order);
      if (shown instanceof Fault) return shown;
      if (!shown.unit) return new Fault('not-now', 'No unit has been paired by this work order yet.');
      return { unit: shown.unit, facts: await documentFacts(who.organisation) };
    },
  };
};
