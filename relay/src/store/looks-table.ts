/** The only SQL about looks. */
import type { AlarmId, LookId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { KnownLook } from '../record/look.ts';
import type { Db } from './database.ts';

const read = ({ body }: { readonly body: string }): KnownLook => JSON.parse(body) as KnownLook;

export async function findLook(db: Db, look: LookId): Promise<KnownLook | undefined> {
  const row = await db.selectFrom('looks').select('body').where('look', '=', look).executeTakeFirst();
  return row && read(row);
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

/** Which of these are already known. */
export async function knownLooks(db: Db, looks: readonly LookId[]): Promise<ReadonlySet<string>> {
  if (looks.length === 0) return new Set();
  const rows = await db.selectFrom('looks').select('look').where('look', 'in', looks).execute();
  return new Set(rows.map((row) => row.look));
}

/** Those that time alone may change now. */
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

/** Those opened together with this one, and not yet done. */
export async function looksBeside(db: Db, lead: LookId): Promise<readonly KnownLook[]> {
  const rows = await db
    .selectFrom('looks')
    .select('body')
    .where('beside', '=', lead)
    .where('state', '!=', 'done')
    .orderBy('unit')
    .execute();
  return rows.map(read);
}

/** All that are not done, and those done since. */
export async function looksOnDesk(db: Db, since: Instant): Promise<readonly KnownLook[]> {
  const rows = await db
    .selectFrom('looks')
    .select('body')
    .where((or) => or.or([or('state', '!=', 'done'), or('done_at', '>=', since)]))
    .orderBy('due_from')
    .execute();
  return rows.map(read);
}
