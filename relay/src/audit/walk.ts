/** Reads the chain of the audit log page by page and checks it; everything else that the process does goes on in between. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditLine } from '@nattfrid/shared/desk/routes';
import { auditLinesAfter } from '../store/audit-table.ts';
import type { Db } from '../store/database.ts';
import { type AuditCheck, type Checked, checkLines } from './check.ts';

/** Lines checked in one go: a few milliseconds of work, in which no alarm is acknowledged. */
const page = 100;

/** @param from what has been checked already @param see told each line that fits */
export async function walkChain(db: Db, from: Checked, see?: (line: AuditLine) => void): Promise<AuditCheck> {
  let so: AuditCheck = { type: 'whole', ...from };
  for (;;) {
    const before = so.lines;
    const lines = await auditLinesAfter(db, before, page);
    if (lines.length === 0) return so;
    so = checkLines(so, lines);
    if (see) for (const line of lines.slice(0, so.lines - before)) see(line);
    if (so.type !== 'whole') return so;
    await nextTurn();
  }
}
