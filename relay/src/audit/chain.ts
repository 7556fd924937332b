/** Pure. One line of the audit log, and how it hangs on the line before it (SHA-256 over that line's hash and this line). */
import { createHash } from 'node:crypto';
import type { AuditLine } from '@nattfrid/shared/desk/routes';

/** What the first line hangs on. */
export const chainStart = '0'.repeat(64);

/** @returns 64 hexadecimal digits; the same line always gives the same, in whatever order its details stand. */
export function hashLine(previous: string, line: Omit<AuditLine, 'hash'>): string {
  const details = Object.keys(line.details)
    .sort()
    .map((name) => [name, line.details[name]]);
  const canonical = JSON.stringify([line.number, line.at, line.who, line.what, line.subject, details]);
  return createHash('sha256').update(`${previous}\n${canonical}`).digest('hex');
}
