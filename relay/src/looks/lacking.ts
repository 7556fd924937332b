/** What lacks for «all well» of a look or an alarm: read off the saved looks, the plans and who has taken the alarm. */
import { canBeLookedInto } from '@nattfrid/shared/domain/alarm';
import type { AlarmId, LookId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Plans } from '../plans/plans.ts';
import { type Alarm, isSame } from '../record/alarm.ts';
import { all, type HomeLook, inThisOpening, standing } from '../record/home-look.ts';
import { type Lacking, nothingLacks } from '../record/lacking.ts';
import { firstPictureOf, isEnough, type KnownLook, type Operator } from '../record/look.ts';
import { findAlarm } from '../store/alarms-table.ts';
import type { Db } from '../store/database.ts';
import { findHomeLook, looksForAlarm } from '../store/looks-table.ts';
import { unitsOfClient } from '../store/units-table.ts';
import { closesAt } from './tonight.ts';

/** Nothing where the verdict would be refused anyway: nobody is asked once more for what cannot be done. */
export async function lackingForLook(db: Db, plans: Plans, look: LookId, by: Operator): Promise<Lacking> {
  const home = await findHomeLook(db, look);
  const { lead } = home;
  if (lead.name === 'none' || ![lead, ...standing(home)].some((one) => mayJudge(one, by))) return nothingLacks;
  if (lead.facts.reason.type === 'alarm')
    // The verdict rests on the camera that raised it, which must have shown something.
    return { ...nothingLacks, ...takenByAnother(await findAlarm(db, lead.facts.reason.alarm), by) };
  // Agreed: one camera that shows the client is enough.
  if (inThisOpening(home).some(isEnough)) return nothingLacks;
  return all(home).some(isShown) ? { ...nothingLacks, notShown: await notShown(db, plans, home, lead) } : nothingLacks;
}

/** Of an alarm that is closed without the verdict of a look. */
export async function lackingForAlarm(db: Db, alarm: AlarmId, by: Operator): Promise<Lacking> {
  const found = await findAlarm(db, alarm);
  if (!found || found.name === 'closed') return nothingLacks;
  const { kind, unit, receivedAt } = found.facts;
  const sawIt = (look: KnownLook) => look.facts.unit === unit && (firstPictureOf(look) ?? 0) >= receivedAt;
  const unseen = canBeLookedInto(kind) && !(await looksForAlarm(db, alarm)).some(sawIt);
  return { notShown: [], unseen, ...takenByAnother(found, by) };
}

function takenByAnother(found: Alarm | undefined, by: Operator): Pick<Lacking, 'takenBy'> {
  return found?.name === 'taken' && !isSame(found.taken, { by: by.name, id: by.id }) ? { takenBy: found.taken.by } : {};
}

/** The cameras that were asked, and those that were left out although their plans have this window too; ordered by unit. */
async function notShown(db: Db, plans: Plans, home: HomeLook, lead: KnownLook): Promise<Lacking['notShown']> {
  const { client, reason } = lead.facts;
  const window = reason.type === 'window' ? reason.window : '';
  const asked = [lead, ...standing(home)];
  const since = openedAt(lead) ?? lead.facts.dueFrom;
  const lacks: Lacking['notShown'][number][] = [];
  for (const { unit, place } of await unitsOfClient(db, client)) {
    const look = asked.find(({ facts }) => facts.unit === unit);
    if (look ? isShown(look) : !(await isAgreed(db, plans, { unit, window, since }))) continue;
    lacks.push({ unit, ...(place !== undefined && { place }) });
  }
  return lacks;
}

/** By the time the look was opened: it may be judged after its window has closed. */
async function isAgreed(
  db: Db,
  plans: Plans,
  {
    unit,
    window,
    since,
  }: { readonly unit: KnownLook['facts']['unit']; readonly window: string; readonly since: Instant },
): Promise<boolean> {
  const held = await plans.of(db, unit);
  return held !== undefined && closesAt(held.plan, window, since) !== undefined;
}

const mayJudge = (look: KnownLook, by: Operator): boolean =>
  (look.name === 'open' || look.name === 'awaiting-verdict') && look.opened.operator.id === by.id;
const isShown = (look: KnownLook): boolean => firstPictureOf(look) !== undefined;
const openedAt = (look: KnownLook): Instant | undefined => ('opened' in look ? look.opened?.at : undefined);
