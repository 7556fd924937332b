/** Pure. A work order: made, a unit is paired for it, set up until it can be left, done; or called off. */
import type { WorkOrderKind } from '@nattfrid/shared/desk/work-order-view';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Machine } from '@nattfrid/shared/machine/machine';

/** Who does something, by id and by name. */
export interface ByWhom {
  readonly id: string;
  readonly name: string;
}

export interface OrderFacts {
  readonly order: string;
  readonly organisation: string;
  readonly kind: WorkOrderKind;
  readonly client: ClientAlias;
  readonly place: string;
  readonly assignee?: string;
  /** Of an exchange or a return: the one that is there. */
  readonly there?: UnitId;
  readonly on?: string;
  readonly words?: string;
  /** ISO 8601, as all times here. */
  readonly madeAt: string;
  readonly madeBy: ByWhom;
}

/** `came`: it has come in with its certificate, and nothing pairs it again but a wipe. */
export interface Paired {
  readonly unit: UnitId;
  readonly at: string;
  readonly by: ByWhom;
  readonly came: boolean;
}

export type WorkOrder =
  | { readonly state: 'none' }
  | { readonly state: 'open'; readonly facts: OrderFacts }
  | { readonly state: 'paired'; readonly facts: OrderFacts; readonly paired: Paired }
  | {
      readonly state: 'ready';
      readonly facts: OrderFacts;
      readonly paired: Paired;
      readonly ready: { readonly at: string; readonly by: ByWhom };
    }
  | {
      readonly state: 'done';
      readonly facts: OrderFacts;
      readonly paired?: Paired;
      readonly done: { readonly at: string; readonly by: ByWhom };
    }
  | {
      readonly state: 'called-off';
      readonly facts: OrderFacts;
      readonly calledOff: { readonly at: string; readonly by: ByWhom };
    };

export type WorkOrderEvent =
  | { readonly type: 'made'; readonly facts: OrderFacts }
  | { readonly type: 'paired'; readonly unit: UnitId; readonly at: string; readonly by: ByWhom }
  | { readonly type: 'came'; readonly unit: UnitId }
  | { readonly type: 'ready'; readonly at: string; readonly by: ByWhom }
  | { readonly type: 'done'; readonly at: string; readonly by: ByWhom }
  | { readonly type: 'called-off'; readonly at: string; readonly by: ByWhom };

export interface RefuseOrder {
  readonly type: 'refuse';
  readonly fault: Fault;
}

export const workOrderMachine: Machine<WorkOrder, WorkOrderEvent, RefuseOrder> = {
  initial: { state: 'none' },
  step(order, event) {
    if (order.state === 'none')
      return event.type === 'made'
        ? [{ state: 'open', facts: event.facts }, []]
        : [order, [refuse('not-found', 'There is no such work order.')]];
    const { facts } = order;
    switch (event.type) {
      case 'made':
        return [order, []];
      case 'paired': {
        const { unit, at, by } = event;
        // A unit that lost its power before it had kept its certificate is paired again, by the same order alone.
        const again = order.state === 'paired' && order.paired.unit === unit && !order.paired.came;
        if (order.state !== 'open' && !again)
          return [order, [refuse('not-now', `This work order is ${order.state}: no unit can be paired for it.`)]];
        if (facts.kind !== 'install' && facts.kind !== 'exchange')
          return [order, [refuse('not-now', `Nothing is paired for a work order that is a ${facts.kind}.`)]];
        return [{ state: 'paired', facts, paired: { unit, at, by, came: false } }, []];
      }
      case 'came':
        if (order.state !== 'paired' || order.paired.unit !== event.unit) return [order, []];
        return [{ ...order, paired: { ...order.paired, came: true } }, []];
      case 'ready':
        if (order.state !== 'paired' || !order.paired.came)
          return [order, [refuse('not-now', 'The unit has not come in by its own certificate yet.')]];
        return [{ state: 'ready', facts, paired: order.paired, ready: { at: event.at, by: event.by } }, []];
      case 'done': {
        if (order.state === 'done' || order.state === 'called-off')
          return [order, [refuse('not-now', `This work order is ${order.state} already.`)]];
        const paired = order.state === 'open' ? {} : { paired: order.paired };
        return [{ state: 'done', facts, ...paired, done: { at: event.at, by: event.by } }, []];
      }
      case 'called-off':
        if (order.state !== 'open')
          return [
            order,
            [refuse('not-now', `This work order is ${order.state}: it cannot be called off. Make one that takes the unit back.`)],
          ];
        return [{ state: 'called-off', facts, calledOff: { at: event.at, by: event.by } }, []];
    }
  },
};

const refuse = (code: 'not-found' | 'not-now', words: string): RefuseOrder => ({
  type: 'refuse',
  fault: new Fault(code, words),
});
