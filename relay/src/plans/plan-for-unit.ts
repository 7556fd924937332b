/** Pure. Whether a signed plan is for this unit: its key, its home and its municipality. */
import type { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { UnitRow } from '../store/units-table.ts';

/** @returns why not */
export function notForUnit(row: UnitRow, plan: Plan, municipality: string): Fault | undefined {
  if (plan.unitKey && plan.unitKey !== row.publicKey)
    return new Fault('request-invalid', `This plan is for a unit with another key than that of ${row.unit} here.`);
  if (plan.client !== row.client)
    return new Fault('request-invalid', `This plan is for ${plan.client}. The home of ${row.unit} is ${row.client}.`);
  if (row.municipality !== undefined && row.municipality !== municipality)
    return new Fault(
      'not-allowed',
      `The unit ${row.unit} belongs to ${row.municipality}; ${municipality} signed this.`,
    );
  return undefined;
}
