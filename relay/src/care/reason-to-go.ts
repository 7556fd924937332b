/** Is there a reason to go to a home now: a visit that is not done, an alarm that is open, a look that waits? Reads only. */
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import { alarmsOnDesk } from '../store/alarms-table.ts';
import type { Db } from '../store/database.ts';
import { looksOfUnit } from '../store/looks-table.ts';
import { openVisitTo } from '../store/visits-table.ts';

export async function hasReasonToGo(
  db: Db,
  alias: ClientAlias,
  units: readonly UnitId[],
  now: Instant,
): Promise<boolean> {
  if (await openVisitTo(db, alias)) return true;
  const alarms = await alarmsOnDesk(db, now);
  if (alarms.some(({ name, facts }) => name !== 'closed' && units.includes(facts.unit))) return true;
  for (const unit of units) {
    const looks = await looksOfUnit(db, unit, ['due', 'asked', 'open', 'awaiting-verdict', 'refused', 'failed']);
    if (looks.some(({ facts }) => facts.dueFrom <= now)) return true;
  }
  return false;
}
