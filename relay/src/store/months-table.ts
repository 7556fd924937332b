/** The only SQL about months as they are kept. */
import type { MonthHead, MonthSummary } from '@nattfrid/shared/desk/month-routes';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import { type Instant, instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';

/** The newest first. */
export async function monthsOf(db: Db, organisation: Organisation): Promise<readonly MonthHead[]> {
  const rows = await db
    .selectFrom('months')
    .select(['month', 'made_at', 'opened_at'])
    .where('organisation', '=', organisation)
    .orderBy('month', 'desc')
    .execute();
  return rows.map(({ month, made_at, opened_at }) => ({
    month,
    madeAt: printInstant(instant(made_at)),
    ...(opened_at !== null && { openedAt: printInstant(instant(opened_at)) }),
  }));
}

export async function findMonth(
  db: Db,
  organisation: Organisation,
  month: string,
): Promise<{ readonly summary: MonthSummary; readonly isOpened: boolean } | undefined> {
  const row = await db
    .selectFrom('months')
    .select(['body', 'opened_at'])
    .where('organisation', '=', organisation)
    .where('month', '=', month)
    .executeTakeFirst();
  return row && { summary: JSON.parse(row.body) as MonthSummary, isOpened: row.opened_at !== null };
}

export async function insertMonth(
  db: Db,
  organisation: Organisation,
  summary: MonthSummary,
  madeAt: Instant,
): Promise<void> {
  const { month } = summary;
  await db
    .insertInto('months')
    .values({ organisation, month, made_at: madeAt, opened_at: null, body: JSON.stringify(summary) })
    .execute();
}

export async function markMonthOpened(db: Db, organisation: Organisation, month: string, at: Instant): Promise<void> {
  await db
    .updateTable('months')
    .set({ opened_at: at })
    .where('organisation', '=', organisation)
    .where('month', '=', month)
    .execute();
}

/** Those from this month on: they were made while the clock stood wrong. @returns how many */
export async function dropMonthsFrom(db: Db, month: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('months').where('month', '>=', month).executeTakeFirst();
  return Number(numDeletedRows);
}
