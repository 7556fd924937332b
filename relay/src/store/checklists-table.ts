/** The only SQL about checklists. Versions are added, and none is changed. */
import type { Checklist, FilledChecklist } from '@nattfrid/shared/desk/checklist-view';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

/** All versions, the newest of each kind last. */
export async function checklistsOf(db: Db, organisation: Organisation): Promise<readonly Checklist[]> {
  const rows = await db
    .selectFrom('checklists')
    .select('body')
    .where('organisation', '=', organisation)
    .orderBy('version')
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Checklist);
}

export async function insertChecklist(db: Db, organisation: Organisation, one: Checklist): Promise<void> {
  const { kind, version } = one;
  await db
    .insertInto('checklists')
    .values({ organisation, kind, version, body: JSON.stringify(one) })
    .execute();
}

/** The newest first. */
export async function filledChecklists(
  db: Db,
  organisation: Organisation,
  most: number,
): Promise<readonly FilledChecklist[]> {
  const rows = await db
    .selectFrom('filled_checklists')
    .select('body')
    .where('organisation', '=', organisation)
    .orderBy('begun_at', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as FilledChecklist);
}

export async function findFilled(
  db: Db,
  organisation: Organisation,
  filled: string,
): Promise<FilledChecklist | undefined> {
  const row = await db
    .selectFrom('filled_checklists')
    .select('body')
    .where('organisation', '=', organisation)
    .where('filled', '=', filled)
    .executeTakeFirst();
  return row && (JSON.parse(row.body) as FilledChecklist);
}

export async function saveFilled(db: Db, organisation: Organisation, one: FilledChecklist): Promise<void> {
  const body = JSON.stringify(one);
  await db
    .insertInto('filled_checklists')
    .values({ filled: one.filled, organisation, begun_at: Date.parse(one.begunAt), body })
    .onConflict((conflict) => conflict.column('filled').doUpdateSet({ body }))
    .execute();
}

/** Those that were begun before then: they name a home and who was there. @returns how many */
export async function forgetFilled(db: Db, before: Instant): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('filled_checklists').where('begun_at', '<', before).executeTakeFirst();
  return Number(numDeletedRows);
}
