/** The only SQL about the audit log: it appends and reads, and knows nothing else. */
import { trainingOf } from '@nattfrid/shared/desk/organisation';
import type { AuditLine } from '@nattfrid/shared/desk/routes';
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';
import { wordsOf } from './words/words-of.ts';

const read = (row: Tables['audit']): AuditLine => ({
  ...row,
  details: JSON.parse(row.details) as Record<string, string>,
});

export async function lastAuditLine(db: Db): Promise<AuditLine | undefined> {
  const row = await db.selectFrom('audit').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst();
  return row && read(row);
}

export async function appendAuditLine(db: Db, line: AuditLine): Promise<void> {
  await db
    .insertInto('audit')
    .values({ ...line, details: JSON.stringify(line.details) })
    .execute();
}

/** Kept beside the log, which only grows: a page that asks who has done what must not read all of it. What was done in a training home is no deed in a home. */
async function doneLast(db: Db, { number, at, what, details: { operator } }: AuditLine): Promise<void> {
  if (operator === undefined) return;
  await sql`insert into last_done (operator, what, at)
    select cast(${operator} as text), cast(${what} as text), cast(${at} as text) where not exists (
      select 1 from audit_organisations where number = ${number} and organisation like ${trainingOf('%')})
    on conflict (operator, what) do update set at = excluded.at`.execute(db);
}

/**
 * Whose a line is: the organisation of whoever did it (`operator`), and of what it is about: a unit, or an alarm, look or visit of
 * one, a person, an agreement's other side (`organisation`). A line of nobody's is the relay's own.
 */
export async function tellWhose(db: Db, line: AuditLine): Promise<void> {
  const { number, subject, details } = line;
  const { operator = '', unit = '', organisation = '' } = details;
  const numbered = sql`cast(${number} as bigint)`;
  await sql`insert into audit_organisations (number, organisation)
    select ${numbered}, coalesce(organisation, 'own') from operators where id in (${operator}, ${subject})
    union select ${numbered}, organisation from unit_organisations where unit in (${subject}, ${unit})
    union select ${numbered}, u.organisation from unit_organisations u join looks t on t.unit = u.unit where t.look = ${subject}
    union select ${numbered}, u.organisation from unit_organisations u join alarms t on t.unit = u.unit where t.alarm = ${subject}
    union select ${numbered}, u.organisation from unit_organisations u join visits t on t.unit = u.unit where t.visit = ${subject}
    union select ${numbered}, cast(${organisation} as text) where cast(${organisation} as text) <> ''
    on conflict do nothing`.execute(db);
  await doneLast(db, line);
}

/** In order, after a number, at most so many. */
export async function auditLinesAfter(db: Db, number: number, limit: number): Promise<readonly AuditLine[]> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('number', '>', number)
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(read);
}

/** Of each subject the newest line that says one of these. */
export async function newestLines(db: Db, whats: readonly string[]): Promise<readonly AuditLine[]> {
  const newest = db
    .selectFrom('audit')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('what', 'in', whats)
    .groupBy('subject');
  return (await db.selectFrom('audit').selectAll().where('number', 'in', newest).execute()).map(read);
}

/** Which lines are meant: each that is given must hold. */
export interface AuditFilter {
  readonly who?: string | undefined;
  readonly what?: string | undefined;
  /** Any part of it. */
  readonly subject?: string | undefined;
  /** ISO 8601 in UTC; from then on, and before then. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Only lines of this organisation, and the relay's own. */
  readonly organisation?: string | undefined;
}

/** Of the lines whose numbers are in (`after`, `before`), those that are meant: the newest first. */
export async function auditLinesBetween(
  db: Db,
  { after, before }: { readonly after: number; readonly before: number },
  { who, what, subject, from, to, organisation }: AuditFilter,
): Promise<readonly AuditLine[]> {
  let query = db.selectFrom('audit').selectAll().where('number', '>', after).where('number', '<', before);
  if (who !== undefined) query = query.where('who', '=', who);
  if (what !== undefined) query = query.where('what', '=', what);
  if (subject !== undefined) query = query.where(wordsOf(db).holds('subject', subject));
  if (from !== undefined) query = query.where('at', '>=', from);
  if (to !== undefined) query = query.where('at', '<', to);
  if (organisation !== undefined)
    query = query.where(({ or, not, exists, selectFrom }) => {
      const whose = selectFrom('audit_organisations')
        .select('number')
        .whereRef('audit_organisations.number', '=', 'audit.number');
      return or([exists(whose.where('organisation', '=', organisation)), not(exists(whose))]);
    });
  return (await query.orderBy('number', 'desc').execute()).map(read);
}

/** «operator what» > when each of these people has done each of these last. */
export async function newestOf(
  db: Db,
  operators: readonly string[],
  whats: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  // A query has room for so many names.
  for (let start = 0; start < operators.length; start += 500) {
    const some = operators.slice(start, start + 500);
    const rows = await db
      .selectFrom('last_done')
      .selectAll()
      .where('operator', 'in', some)
      .where('what', 'in', whats)
      .execute();
    for (const { operator, what, at } of rows) found.set(`${operator} ${what}`, at);
  }
  return found;
}
