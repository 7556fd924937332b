/** Moves one work order: load, step, save. What follows from it is for whoever calls it. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { type WorkOrderEvent, workOrderMachine } from '../record/work-order.ts';
import type { Tx } from '../store/database.ts';
import { findWorkOrder, type KnownOrder, saveWorkOrder } from '../store/work-orders-table.ts';

/**
 * @returns the order as it is now, and why it could not be moved, where it could not: nothing is saved then; a Fault `not-found` where there
 * is none
 */
export async function stepOrder(
  { db }: Tx,
  order: string,
  event: WorkOrderEvent,
): Promise<{ readonly known: KnownOrder; readonly refused?: Fault } | Fault> {
  const before = (await findWorkOrder(db, order)) ?? workOrderMachine.initial;
  const [next, [refused]] = workOrderMachine.step(before, event);
  if (next.state === 'none') return refused?.fault ?? new Fault('not-found', 'There is no such work order.');
  if (refused) return { known: next, refused: refused.fault };
  await saveWorkOrder(db, next);
  return { known: next };
}
