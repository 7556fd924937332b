/** Pure. Is the audit log whole? Every line must follow the one before it, and hang on it. */
import type { AuditLine } from '@nattfrid/shared/desk/routes';
import { chainStart, hashLine } from './chain.ts';

interface Checked {
  /** Lines that follow one another as they were written. */
  readonly lines: number;
  /** Hash of the last of them: kept elsewhere, it shows later whether the end was cut off. */
  readonly head: string;
}
export type AuditCheck =
  | ({ readonly type: 'whole' } & Checked)
  | ({ readonly type: 'broken'; readonly at: number; readonly why: 'missing' | 'changed' } & Checked);

export const nothingChecked: Checked = { lines: 0, head: chainStart };

/** Goes on from what has been checked; stops at the first line that does not fit. */
export function checkLines(before: Checked, lines: Iterable<AuditLine>): AuditCheck {
  let { lines: count, head } = before;
  for (const line of lines) {
    const broken = { type: 'broken', at: count + 1, lines: count, head } as const;
    if (line.number !== count + 1) return { ...broken, why: 'missing' };
    if (hashLine(head, line) !== line.hash) return { ...broken, why: 'changed' };
    count++;
    head = line.hash;
  }
  return { type: 'whole', lines: count, head };
}
