/** Which tokens there are: of each unit since when and by whom, as the audit log says. */
import type { TokenView } from '@nattfrid/shared/desk/token-view';
import type { AuditWhat } from '../audit/audit.ts';
import { newestLines } from '../store/audit-table.ts';
import type { Db } from '../store/database.ts';
import { allUnits } from '../store/units-table.ts';

/** Each of them makes a token, and ends the one before it. */
const makes: readonly AuditWhat[] = ['unit-added', 'unit-token-made', 'unit-replaced'];

export async function allTokens(db: Db): Promise<readonly TokenView[]> {
  const made = new Map((await newestLines(db, makes)).map((line) => [line.subject, line]));
  return (await allUnits(db)).map(({ unit }) => {
    const line = made.get(unit);
    return { unit, ...(line && { madeAt: line.at, madeBy: line.who }) };
  });
}
