/** Work orders of an organisation: load, step, save; written in the audit log first. */
import type { WorkOrderView } from '@nattfrid/shared/desk/work-order-view';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import type { Operator } from '../operators/operators.ts';
import type { OrderFacts, WorkOrderEvent } from '../record/work-order.ts';
import { clientOfHome } from '../store/clients-table.ts';
import type { Db, Store, Tx } from '../store/database.ts';
import { allOperators } from '../store/operators-table.ts';
import { findUnit, unitsOfClient } from '../store/units-table.ts';
import { findWorkOrder, type KnownOrder, workOrdersOf } from '../store/work-orders-table.ts';
import { stepOrder } from './step-order.ts';

export interface NewOrder extends Pick<OrderFacts, 'kind' | 'client' | 'place'> {
  readonly unit?: UnitId | undefined;
  readonly assignee?: string | undefined;
  readonly on?: string | undefined;
  readonly words?: string | undefined;
}

export interface WorkOrders {
  /** What this person may see: all of the organisation, for whoever makes them; else the own ones and those of nobody. */
  of(who: Operator, seesAll: boolean): Promise<readonly WorkOrderView[]>;
  /** @returns why it is not this person's to do, or the order */
  mine(who: Operator, order: string): Promise<KnownOrder | Fault>;
  make(who: Operator, given: NewOrder): Promise<Fault | undefined>;
  callOff(who: Operator, order: string): Promise<Fault | undefined>;
  /** In the transaction of whatever it comes of. @throws Fault where it cannot be from there: nothing of that transaction is saved then */
  step(tx: Tx, order: string, event: WorkOrderEvent): Promise<KnownOrder>;
}

export function openWorkOrders({
  store,
  clock,
  audit,
  newId,
  moved = async () => {},
  shown = async (_db, _order, view) => view,
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly newId: () => string;
  /** What follows from how it stands now, in the transaction that saves it. */
  readonly moved?: (tx: Tx, order: KnownOrder) => Promise<void>;
  /** With how far its installation has come. */
  readonly shown?: (db: Db, order: KnownOrder, view: WorkOrderView) => Promise<WorkOrderView>;
}): WorkOrders {
  const by = ({ id, name }: Operator) => ({ id, name });

  const step: WorkOrders['step'] = async (tx, order, event) => {
    const stepped = await stepOrder(tx, order, event);
    if (stepped instanceof Fault) throw stepped;
    if (stepped.refused) throw stepped.refused;
    await moved(tx, stepped.known);
    return stepped.known;
  };

  /** @returns why the home cannot be meant */
  async function wrongHome(db: Db, who: Operator, { client, kind, unit }: NewOrder): Promise<Fault | undefined> {
    const home = [...(await unitsOfClient(db, client)), ...[(await clientOfHome(db, client)) ?? []].flat()];
    if (home.some(({ organisation }) => organisation !== who.organisation))
      return new Fault('not-found', `There is no home by the alias ${client}.`);
    const needs = kind === 'exchange' || kind === 'return';
    if (needs !== (unit !== undefined))
      return new Fault(
        'request-invalid',
        'An exchange or a return names the unit that is there, and nothing else does.',
      );
    if (unit === undefined) return undefined;
    const there = await findUnit(db, unit);
    if (there?.organisation === who.organisation && there.client === client) return undefined;
    return new Fault('not-found', `There is no unit ${unit} in the home of ${client}.`);
  }

  return {
    async of(who, seesAll) {
      const names = new Map((await allOperators(store.db)).map(({ id, name }) => [id, name]));
      const orders = await workOrdersOf(store.db, who.organisation);
      const seen = orders.filter(({ facts }) => seesAll || facts.assignee === undefined || facts.assignee === who.id);
      return Promise.all(seen.map((one) => shown(store.db, one, orderView(one, names))));
    },
    async mine(who, order) {
      const known = await findWorkOrder(store.db, order);
      if (!known || known.facts.organisation !== who.organisation)
        return new Fault('not-found', 'There is no such work order.');
      const { assignee } = known.facts;
      if (assignee === undefined || assignee === who.id) return known;
      return new Fault('not-allowed', 'This work order is somebody else’s.', { fields: { why: 'somebody-elses' } });
    },
    async make(who, given) {
      const wrong = await wrongHome(store.db, who, given);
      if (wrong) return wrong;
      const people = await allOperators(store.db);
      const known = people.some(({ id, organisation }) => id === given.assignee && organisation === who.organisation);
      if (given.assignee !== undefined && !known) return new Fault('not-found', 'There is no such person.');
      const order = newId();
      const { kind, client, place, unit, assignee, on, words } = given;
      const facts: OrderFacts = {
        ...{ order, organisation: who.organisation, kind, client: client as ClientAlias, place },
        ...(unit && { there: unit }),
        ...(assignee && { assignee }),
        ...(on && { on }),
        ...(words && { words }),
        madeAt: printInstant(clock.now()),
        madeBy: by(who),
      };
      await audit.write(who.name, 'work-order-made', order, { kind, client, place, operator: who.id });
      await store.write((tx) => step(tx, order, { type: 'made', facts }));
      return undefined;
    },
    async callOff(who, order) {
      const known = await findWorkOrder(store.db, order);
      if (known?.facts.organisation !== who.organisation) return new Fault('not-found', 'There is no such work order.');
      await audit.write(who.name, 'work-order-called-off', order, { client: known.facts.client, operator: who.id });
      return stepped(store, (tx) =>
        step(tx, order, { type: 'called-off', at: printInstant(clock.now()), by: by(who) }),
      );
    },
    step,
  };
}

/** @returns the Fault that a step was refused with: nothing has been saved then */
export async function stepped(store: Store, deed: (tx: Tx) => Promise<unknown>): Promise<Fault | undefined> {
  try {
    await store.write(deed);
    return undefined;
  } catch (error) {
    if (error instanceof Fault && error.code !== 'cannot-save') return error;
    throw error;
  }
}

export function orderView(one: KnownOrder, names: ReadonlyMap<string, string>): WorkOrderView {
  const { order, kind, client, place, assignee, there, on, words, madeAt, madeBy } = one.facts;
  const unit = 'paired' in one && one.paired ? one.paired.unit : there;
  const assigneeName = assignee === undefined ? undefined : names.get(assignee);
  return {
    ...{ order, kind, client, place, state: one.state, madeAt, madeBy: madeBy.name },
    ...(assignee !== undefined && { assignee }),
    ...(assigneeName !== undefined && { assigneeName }),
    ...(unit && { unit }),
    ...(on && { on }),
    ...(words && { words }),
    ...(one.state === 'ready' && { readyAt: one.ready.at, readyBy: one.ready.by.name }),
    steps: [],
    cameras: [],
    proofs: [],
  };
}
