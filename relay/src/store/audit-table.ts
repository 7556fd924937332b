/** The only SQL about the audit log: it appends and reads, and knows nothing else. */
import type { AuditLine } from '@nattfrid/shared/desk/routes';
import type { Db } from './database.ts';
import type { Tables } from './schema.ts';

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

/** The newest first. */
export async function newestAuditLines(db: Db, limit: number): Promise<readonly AuditLine[]> {
  const rows = await db.selectFrom('audit').selectAll().orderBy('number', 'desc').limit(limit).execute();
  return rows.map(read);
}
