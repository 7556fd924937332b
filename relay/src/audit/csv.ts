/** Lines of the audit log as CSV (RFC 4180), with all that their hashes are made of: page by page, and everything else in between. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditLine } from '@nattfrid/shared/desk/routes';
import { csvRow } from '@nattfrid/shared/table/write-csv';
import { type AuditFilter, auditLinesBetween, lastAuditLine } from '../store/audit-table.ts';
import type { Db } from '../store/database.ts';

const heads = ['number', 'at', 'who', 'what', 'subject', 'details', 'hash'] as const;

/** Numbers that are gone through in one go: a few milliseconds, in which no alarm is acknowledged. */
const stretch = 500;

/**
 * Of the lines that there are now, those that are meant: the oldest first. As much is read as is asked for, so that a slow reader
 * fills no memory.
 *
 * @param before only lines with a lower number @returns a line of heads, then one for each; `details` is JSON
 */
export async function* auditCsv(db: Db, filter: AuditFilter, before?: number): AsyncGenerator<string, void> {
  const end = Math.min(before ?? Number.POSITIVE_INFINITY, ((await lastAuditLine(db))?.number ?? 0) + 1);
  yield `${heads.join(',')}\r\n`;
  for (let after = 0; after < end - 1; after += stretch) {
    const lines = await auditLinesBetween(db, { after, before: Math.min(end, after + stretch + 1) }, filter);
    if (lines.length > 0) yield lines.toReversed().map(rowOf).join('');
    await nextTurn();
  }
}

const rowOf = (line: AuditLine): string =>
  csvRow(
    heads.map((head) => {
      const value = line[head];
      return typeof value === 'object' ? JSON.stringify(value) : value;
    }),
  );
