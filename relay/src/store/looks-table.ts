/** The only SQL about looks. */
import type { AlarmId, LookId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import { type HomeLook, noHomeLook } from '../record/home-look.ts';
import type { KnownLook } from '../record/look.ts';
import type { Db } from './database.ts';

const read = ({ body }: { readonly body: string }): KnownLook => JSON.parse(body) as KnownLook;

export async function findLook(db: Db, look: LookId): Promise<KnownLook | undefined> {
  const row = await db.selectFrom('looks').select('body').where('look', '=', look).executeTakeFirst();
  return row && read(row);
}

/** The home that this look is a look into. @param beside the look that leads it, where this one is not saved yet */
export async function findHomeLook(db: Db, look: LookId, beside?: LookId): Promise<HomeLook> {
  const known = await findLook(db, look);
  const leader = known ? known.facts.beside : beside;
  const lead = (leader && (await findLook(db, leader))) ?? known;
  if (!lead) return noHomeLook;
  const rows = await db
    .selectFrom('looks')
    .select('body')
    .where('beside', '=', lead.facts.look)
    .orderBy('unit')
    .execute();
  return { lead, cameras: rows.map(read) };
}

export async function saveLook(db: Db, look: KnownLook): Promise<void> {
  const changing = {
    state: look.name,
    due_from: look.facts.dueFrom,
    due_until: look.facts.dueUntil,
    done_at: look.name === 'done' ? look.doneAt : null,
    beside: look.facts.beside ?? null,
    body: JSON.stringify(look),
  };
  const { look: id, unit, reason } = look.facts;
  await db
    .insertInto('looks')
    .values({ look: id, unit, alarm: reason.type === 'alarm' ? reason.alarm : null, ...changing })
    .onConflict((conflict) => conflict.column('look').doUpdateSet(changing))
    .execute();
}

/** Those of these that are known already. */
export async function knownLooks(db: Db, looks: readonly LookId[]): Promise<readonly KnownLook[]> {
  if (looks.length === 0) return [];
  return (await db.selectFrom('looks').select('body').where('look', 'in', looks).execute()).map(read);
}

/** The looks that time alone may change now. */
export async function looksToTick(db: Db, now: Instant): Promise<readonly KnownLook[]> {
  const rows = await db
    .selectFrom('looks')
    .select('body')
    .where((or) =>
      or.or([or('state', 'in', ['asked', 'open']), or.and([or('state', '=', 'due'), or('due_until', '<=', now)])]),
    )
    .execute();
  return rows.map(read);
}

export async function looksOfUnit(
  db: Db,
  unit: UnitId,
  states: readonly KnownLook['name'][],
): Promise<readonly KnownLook[]> {
  const rows = await db
    .selectFrom('looks')
    .select('body')
    .where('unit', '=', unit)
    .where('state', 'in', states)
    .orderBy('due_from')
    .execute();
  return rows.map(read);
}

export async function looksInState(db: Db, states: readonly KnownLook['name'][]): Promise<readonly KnownLook[]> {
  const rows = await db.selectFrom('looks').select('body').where('state', 'in', states).execute();
  return rows.map(read);
}

export async function looksForAlarm(db: Db, alarm: AlarmId): Promise<readonly KnownLook[]> {
  const rows = await db.selectFrom('looks').select('body').where('alarm', '=', alarm).execute();
  return rows.map(read);
}

/** The looks that are not done, and the looks that were done since. */
export async function looksOnDesk(db: Db, since: Instant): Promise<readonly KnownLook[]> {
  const rows = await db
    .selectFrom('looks')
    .select('body')
    .where((or) => or.or([or('state', '!=', 'done'), or('done_at', '>=', since)]))
    .orderBy('due_from')
    .execute();
  return rows.map(read);
}
