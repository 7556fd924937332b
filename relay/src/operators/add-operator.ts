/** An operator is made known to the relay: written in the audit log first, as every deed. */
import { firstOrganisation } from '@nattfrid/shared/desk/organisation';
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Audit } from '../audit/audit.ts';
import type { NewOperator, Operator, Operators } from './operators.ts';
import type { By } from './staff.ts';

/** @param by who does it, in the audit log; whoever runs the relay if not given @returns the operator, or why not */
export const addOperator = (
  { audit, operators }: { readonly audit: Audit; readonly operators: Pick<Operators, 'add'> },
  operator: NewOperator,
  password: string,
  by: By = { name: 'relay' },
): Promise<Operator | Fault> =>
  audit.deed(async () => {
    const { role, name, organisation = firstOrganisation } = operator;
    await audit.write(by.name, 'operator-added', role, { name, organisation, ...(by.id && { operator: by.id }) });
    return operators.add(operator, password);
  });
