/** Pure. Lines of the audit log as CSV (RFC 4180), with all that their hashes are made of. */
import type { AuditLine } from '@nattfrid/shared/desk/routes';

const heads = ['number', 'at', 'who', 'what', 'subject', 'details', 'hash'] as const;

/** @returns a line of heads, then one for each; `details` is JSON */
export const csvOf = (lines: readonly AuditLine[]): string =>
  [heads.join(','), ...lines.map((line) => heads.map((head) => cell(line[head])).join(','))]
    .map((row) => `${row}\r\n`)
    .join('');

/** A spreadsheet would take what begins so for a formula, and run it. */
const formula = /^[=+\-@\t\r]/;

function cell(value: string | number | AuditLine['details']): string {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
