/** Which tokens there are: of each unit since when and by whom, as the audit log says. */
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { TokenView } from '@nattfrid/shared/desk/token-view';
import type { AuditWhat } from '../audit/audit.ts';
import { newestLines } from '../store/audit-table.ts';
import type { Db } from '../store/database.ts';
import { allUnits, type UnitRow } from '../store/units-table.ts';

/** Each of them makes a token, and ends the one before it. */
const makes: readonly AuditWhat[] = ['unit-added', 'unit-token-made', 'unit-replaced'];

/** @param organisation only of its units; of all where it is not given */
export async function allTokens(db: Db, organisation?: Organisation): Promise<readonly TokenView[]> {
  const made = new Map((await newestLines(db, makes)).map((line) => [line.subject, line]));
  const isMeant = (one: UnitRow) => organisation === undefined || one.organisation === organisation;
  return (await allUnits(db)).filter(isMeant).map(({ unit }) => {
    const line = made.get(unit);
    return { unit, ...(line && { madeAt: line.at, madeBy: line.who }) };
  });
}
