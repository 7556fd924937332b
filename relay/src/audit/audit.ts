/** Who did what, in a chain: on the disk before the deed is done, or the deed is not done. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditLine } from '@nattfrid/shared/desk/routes';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { appendAuditLine, auditLinesAfter, lastAuditLine, newestAuditLines } from '../store/audit-table.ts';
import type { Store, Tx } from '../store/database.ts';
import { chainStart, hashLine } from './chain.ts';
import { type AuditCheck, type Checked, checkLines, nothingChecked } from './check.ts';

/** What is written down; who and when, and for how long, can be read off the lines. */
export type AuditWhat =
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'operator-added'
  | 'operator-removed'
  | 'role-changed'
  | 'password-set'
  | 'sessions-ended'
  | 'people-read'
  | 'unit-added'
  | 'unit-removed'
  | 'unit-replaced'
  | 'unit-token-made'
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
  | 'clock-set'
  | 'stood-still'
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
  /** The newest lines, and all that has come since the last check: what it costs does not grow with the log. */
  check(): Promise<AuditCheck>;
  /** Reads the whole chain, page by page; everything else that the relay does goes on in between. */
  checkWhole(): Promise<AuditCheck>;
  /** The newest first. */
  newest(limit: number): Promise<readonly AuditLine[]>;
}

/** Lines checked in one go: a few milliseconds of work, in which no alarm is acknowledged. */
const page = 100;
/** Lines that are checked each time, however often they have been. */
const newest = 500;

export function openAudit(store: Store, clock: Clock): Audit {
  const append: Audit['append'] = async ({ db }, who, what, subject, details = {}) => {
    const last = await lastAuditLine(db);
    const line = { number: (last?.number ?? 0) + 1, at: printInstant(clock.now()), who, what, subject, details };
    const whole = { ...line, hash: hashLine(last?.hash ?? chainStart, line) };
    await appendAuditLine(db, whole);
    return whole;
  };
  let checked: Checked = nothingChecked;
  async function goOn(from: Checked): Promise<AuditCheck> {
    let so: AuditCheck = { type: 'whole', ...from };
    while (so.type === 'whole') {
      const lines = await auditLinesAfter(store.db, so.lines, page);
      if (lines.length === 0) {
        checked = { lines: so.lines, head: so.head };
        return so;
      }
      so = checkLines(so, lines);
      await nextTurn();
    }
    checked = nothingChecked;
    return so;
  }
  return {
    append,
    write: (who, what, subject, details) => store.write((tx) => append(tx, who, what, subject, details)),
    async check() {
      // The newest lines, which are read and shown, are checked each time; what is older was whole when it was checked last.
      const from = checked.lines - newest;
      if (from <= 0) return goOn(nothingChecked);
      const [line] = await auditLinesAfter(store.db, from - 1, 1);
      return goOn(line?.number === from ? { lines: from, head: line.hash } : nothingChecked);
    },
    checkWhole: () => goOn(nothingChecked),
    newest: (limit) => newestAuditLines(store.db, limit),
  };
}
