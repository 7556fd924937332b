/** The only SQL about what is looked back at: why alarms came to nothing, and checks of the log. */
import type { CheckedAccess, FalseReason, LogCheck } from '@nattfrid/shared/desk/follow-up-view';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Db } from './database.ts';
import { wordsOf } from './words/words-of.ts';

const bodyOf = <Noun>({ body }: { readonly body: string }): Noun => JSON.parse(body) as Noun;

export async function saveLabel(
  db: Db,
  label: { readonly alarm: AlarmId; readonly reason: FalseReason; readonly at: Instant; readonly by: string },
): Promise<void> {
  const { alarm, ...rest } = label;
  const changing = { at: rest.at, reason: rest.reason, by_whom: rest.by };
  await db
    .insertInto('alarm_labels')
    .values({ alarm, ...changing })
    .onConflict((conflict) => conflict.column('alarm').doUpdateSet(changing))
    .execute();
}

export async function labelsOf(db: Db, alarms: readonly string[]): Promise<ReadonlyMap<string, FalseReason>> {
  const found = new Map<string, FalseReason>();
  // A query has room for so many names.
  for (let start = 0; start < alarms.length; start += 500) {
    const some = alarms.slice(start, start + 500);
    const rows = await db.selectFrom('alarm_labels').select(['alarm', 'reason']).where('alarm', 'in', some).execute();
    for (const { alarm, reason } of rows) found.set(alarm, reason as FalseReason);
  }
  return found;
}

/** Its accesses stand in rows of their own. */
export async function saveLogCheck(db: Db, organisation: Organisation, check: LogCheck): Promise<void> {
  const changing = {
    signed_off_at: check.signedOffAt === undefined ? null : Date.parse(check.signedOffAt),
    signed_off_by: check.signedOffBy ?? null,
    body: JSON.stringify(check),
  };
  await db
    .insertInto('log_checks')
    .values({
      check_id: check.check,
      organisation,
      from_day: check.from,
      until_day: check.until,
      made_at: Date.parse(check.madeAt),
      made_by: check.madeBy,
      ...changing,
    })
    .onConflict((conflict) => conflict.column('check_id').doUpdateSet(changing))
    .execute();
}

/** Accesses of a check: that they are, or what was said of them. The others stay as they are. */
export async function saveAccesses(db: Db, check: string, accesses: readonly CheckedAccess[]): Promise<void> {
  for (const access of accesses) {
    const body = JSON.stringify(access);
    await db
      .insertInto('log_check_accesses')
      .values({ check_id: check, access: access.access, line: access.line, body })
      .onConflict((conflict) => conflict.columns(['check_id', 'access']).doUpdateSet({ body }))
      .execute();
  }
}

/** The newest first, without their accesses. */
export async function logChecksOf(db: Db, organisation: Organisation): Promise<readonly LogCheck[]> {
  const rows = await db
    .selectFrom('log_checks')
    .select('body')
    .where('organisation', '=', organisation)
    .orderBy('made_at', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => bodyOf<LogCheck>(row));
}

/** The last day of the newest check that was signed off. */
export async function checkedUntil(db: Db, organisation: Organisation): Promise<string | undefined> {
  const row = await db
    .selectFrom('log_checks')
    .select(({ fn }) => fn.max('until_day').as('until'))
    .where('organisation', '=', organisation)
    .where('signed_off_at', 'is not', null)
    .executeTakeFirst();
  return row?.until ?? undefined;
}

export async function findLogCheck(db: Db, organisation: Organisation, check: string): Promise<LogCheck | undefined> {
  const row = await db
    .selectFrom('log_checks')
    .select('body')
    .where('check_id', '=', check)
    .where('organisation', '=', organisation)
    .executeTakeFirst();
  return row && bodyOf<LogCheck>(row);
}

/** In the order of the log, after a line of it, at most so many. */
export async function accessesOf(
  db: Db,
  check: string,
  after: number,
  most: number,
): Promise<readonly CheckedAccess[]> {
  const rows = await db
    .selectFrom('log_check_accesses')
    .select('body')
    .where('check_id', '=', check)
    .where('line', '>', after)
    .orderBy('line')
    .limit(most)
    .execute();
  return rows.map((row) => bodyOf<CheckedAccess>(row));
}

export async function findAccess(db: Db, check: string, access: string): Promise<CheckedAccess | undefined> {
  const row = await db
    .selectFrom('log_check_accesses')
    .select('body')
    .where('check_id', '=', check)
    .where('access', '=', access)
    .executeTakeFirst();
  return row && bodyOf<CheckedAccess>(row);
}

/** Whether accesses of this person are part of the check. */
export async function isChecked(db: Db, check: string, who: string): Promise<boolean> {
  const row = await db
    .selectFrom('log_check_accesses')
    .select('access')
    .where('check_id', '=', check)
    .where(wordsOf(db).jsonText('body', 'who'), '=', who)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
