/** Pure. How the relay names an operator to a unit: an alias that nobody outside the relay can turn back. */
import { createHmac } from 'node:crypto';
import type { OperatorAlias } from '@nattfrid/shared/domain/ids';

/** @param operator its id, not its name */
export const aliasOf = (operator: string, secret: string): OperatorAlias =>
  `op-${createHmac('sha256', secret).update(operator).digest('hex').slice(0, 12)}` as OperatorAlias;
