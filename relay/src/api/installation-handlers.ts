/** What the routes of setting up do: each step written in the audit log with it, and what the unit makes of it told with the order. */
import type { DocumentFacts } from '@nattfrid/shared/desk/document-routes';
import { may } from '@nattfrid/shared/desk/permissions';
import type { WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Audit } from '../audit/audit.ts';
import type { Installations } from '../installations/installations.ts';
import type { Present } from '../operators/operators.ts';
import type { WorkOrders } from '../pairing/work-orders.ts';
import type { Plans } from '../plans/plans.ts';
import type { Store } from '../store/database.ts';
import { findWorkOrder, type KnownOrder } from '../store/work-orders-table.ts';
import { documentFactsOf } from './document-handlers.ts';
import type { ApiHandlers } from './handler.ts';

type Handled = 'workOrder' | 'tryStep' | 'confirmStep' | 'finishWorkOrder' | 'installRecord' | 'installPapers';

export const installationHandlers = (parts: {
  readonly store: Store;
  readonly audit: Pick<Audit, 'write'>;
  readonly installations: Installations;
  readonly workOrders: WorkOrders;
  readonly plans: Plans;
  readonly keepDays: DocumentFacts['keepDays'];
  readonly version: string;
}): Pick<ApiHandlers, Handled> => {
  const { store, audit, installations, workOrders } = parts;
  const documentFacts = documentFactsOf(parts);
  /** The own ones, those of nobody, and all for whoever makes them. */
  async function mine(who: Present, order: string): Promise<KnownOrder | Fault> {
    const known = await findWorkOrder(store.db, order);
    return known && may(who.role, 'make-work-orders') ? known : workOrders.mine(who, order);
  }
  async function view(who: Present, order: string): Promise<WorkOrderView | Fault> {
    const known = await mine(who, order);
    if (known instanceof Fault) return known;
    const shown = (await workOrders.of(who, true)).find((one) => one.order === order);
    return shown ?? new Fault('not-found', 'There is no such work order.');
  }
  /** @param act only where the order is this person's */
  async function done(who: Present, order: string, act: () => Promise<Fault | undefined>) {
    const known = await mine(who, order);
    return known instanceof Fault ? known : ((await act()) ?? view(who, order));
  }
  return {
    workOrder: ({ params, who }) => view(who, params.order),
    tryStep: ({ params: { order, step }, body, who }) =>
      done(who, order, () => installations.tryStep(order, step, body, who)),
    confirmStep: ({ params: { order, step }, who }) =>
      done(who, order, () => installations.confirmStep(order, step, who)),
    finishWorkOrder: ({ params: { order }, who }) => done(who, order, () => installations.finish(order, who)),
    async installRecord({ params: { order }, who }) {
      const shown = await view(who, order);
      if (shown instanceof Fault) return shown;
      await audit.write(who.name, 'install-record-read', order, { operator: who.id });
      return installations.record(store.db, shown);
    },
    async installPapers({ params: { order }, who }) {
      const shown = await view(who, order);
      if (shown instanceof Fault) return shown;
      if (!shown.unit) return new Fault('not-now', 'No unit has been paired by this work order yet.');
      return { unit: shown.unit, facts: await documentFacts(who.organisation) };
    },
  };
};
