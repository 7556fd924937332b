/** Who did what, in a chain: on the disk before the deed is done, or the deed is not done. */
import type { AuditLine } from '@nattfrid/shared/desk/routes';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { appendAuditLine, auditLinesAfter, lastAuditLine, newestAuditLines } from '../store/audit-table.ts';
import type { Store, Tx } from '../store/database.ts';
import { chainStart, hashLine } from './chain.ts';
import { type AuditCheck, checkLines, nothingChecked } from './check.ts';

/** What is written down; who and when, and for how long, can be read off the lines. */
type AuditWhat =
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'operator-added'
  | 'unit-added'
  | 'alarm-taken'
  | 'alarm-closed'
  | 'look-opened'
  | 'look-refused'
  | 'look-failed'
  | 'look-ended'
  | 'look-closed'
  | 'look-joined'
  | 'look-join-refused'
  | 'look-left'
  | 'look-mode-wished'
  | 'look-mode-changed'
  | 'look-mode-refused'
  | 'pictures-viewed'
  | 'pictures-denied'
  | 'verdict-given'
  | 'visit-moved'
  | 'plan-read'
  | 'plan-sent'
  | 'plan-taken'
  | 'plan-refused'
  | 'room-read'
  | 'room-confirmed'
  | 'room-in-use'
  | 'room-refused'
  | 'key-changed'
  | 'audit-read';

export interface Audit {
  /** Resolves when the line is on the disk. @throws where it cannot be: then do not do what it is about. */
  write(who: string, what: AuditWhat, subject: string, details?: Readonly<Record<string, string>>): Promise<AuditLine>;
  /** What has come of it, in the transaction that saves it. */
  append(
    tx: Tx,
    who: string,
    what: AuditWhat,
    subject: string,
    details?: Readonly<Record<string, string>>,
  ): Promise<AuditLine>;
  /** Reads the whole chain. */
  check(): Promise<AuditCheck>;
  /** The newest first. */
  newest(limit: number): Promise<readonly AuditLine[]>;
}

/** Lines read at a time while checking, so that a long log is never in memory as a whole. */
const page = 1000;

export function openAudit(store: Store, clock: Clock): Audit {
  const append: Audit['append'] = async ({ db }, who, what, subject, details = {}) => {
    const last = await lastAuditLine(db);
    const line = { number: (last?.number ?? 0) + 1, at: printInstant(clock.now()), who, what, subject, details };
    const whole = { ...line, hash: hashLine(last?.hash ?? chainStart, line) };
    await appendAuditLine(db, whole);
    return whole;
  };
  return {
    append,
    write: (who, what, subject, details) => store.write((tx) => append(tx, who, what, subject, details)),
    async check() {
      let checked: AuditCheck = { type: 'whole', ...nothingChecked };
      while (checked.type === 'whole') {
        const lines = await auditLinesAfter(store.db, checked.lines, page);
        if (lines.length === 0) return checked;
        checked = checkLines(checked, lines);
      }
      return checked;
    },
    newest: (limit) => newestAuditLines(store.db, limit),
  };
}
