/** Looks for lines of the audit log, newest first, stretch by stretch: however long the log is, no alarm waits for it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditLine } from '@nattfrid/shared/desk/routes';
import { type AuditFilter, auditLinesBetween, lastAuditLine } from '../store/audit-table.ts';
import type { Db } from '../store/database.ts';

/** Numbers that are gone through in one go: a few milliseconds. */
const stretch = 1000;

/** @param before only lines with a lower number @returns at most so many, the newest first, and whether there are more */
export async function searchAudit(
  db: Db,
  filter: AuditFilter,
  before: number | undefined,
  most: number,
): Promise<{ readonly lines: readonly AuditLine[]; readonly more: boolean }> {
  const lines: AuditLine[] = [];
  let end = Math.min(before ?? Number.POSITIVE_INFINITY, ((await lastAuditLine(db))?.number ?? 0) + 1);
  while (end > 1 && lines.length <= most) {
    const after = Math.max(0, end - 1 - stretch);
    lines.push(...(await auditLinesBetween(db, { after, before: end }, filter)));
    end = after + 1;
    await nextTurn();
  }
  return { lines: lines.slice(0, most), more: lines.length > most };
}
