/** An operator is made known to the relay: written in the audit log first, as every deed. */
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Audit } from '../audit/audit.ts';
import type { Operator, Operators } from './operators.ts';

/** @returns the operator, or why not */
export const addOperator = (
  { audit, operators }: { readonly audit: Audit; readonly operators: Operators },
  operator: Omit<Operator, 'id'>,
  password: string,
): Promise<Operator | Fault> =>
  audit.deed(async () => {
    await audit.write('relay', 'operator-added', operator.role, { name: operator.name });
    return operators.add(operator, password);
  });
