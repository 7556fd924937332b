/** Who did what, in a chain: on the disk before the deed is done, or the deed is not done. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuditLine } from '@nattfrid/shared/desk/routes';
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import { appendAuditLine, auditLinesAfter, lastAuditLine, tellWhose } from '../store/audit-table.ts';
import type { Store, Tx } from '../store/database.ts';
import { chainStart, hashLine } from './chain.ts';
import { type AuditCheck, type Checked, nothingChecked } from './check.ts';
import { walkChain } from './walk.ts';

/** What is written down; who and when, and for how long, can be read off the lines. */
export type AuditWhat =
  | 'signed-in'
  | 'sign-in-refused'
  | 'sign-ins-refused'
  | 'signed-out'
  | 'operator-added'
  | 'operator-removed'
  | 'role-changed'
  | 'password-set'
  | 'password-changed'
  | 'passkey-added'
  | 'passkey-removed'
  | 'authenticator-added'
  | 'authenticator-removed'
  | 'recovery-codes-made'
  | 'second-factor-reset'
  | 'codes-guessed'
  | 'stepped-up'
  | 'looked-anyway'
  | 'sessions-ended'
  | 'people-read'
  | 'unit-added'
  | 'unit-removed'
  | 'unit-replaced'
  | 'unit-token-made'
  | 'work-order-made'
  | 'work-order-called-off'
  | 'pairing-begun'
  | 'pairing-confirmed'
  | 'pairing-refused'
  | 'unit-paired'
  | 'unit-came-in'
  | 'unit-certificate-renewed'
  | 'unit-wiped'
  | 'labels-added'
  | 'alarm-taken'
  | 'alarm-closed'
  | 'alarm-let-go'
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
  | 'visit-assigned'
  | 'team-added'
  | 'team-changed'
  | 'team-removed'
  | 'alarm-line-set'
  | 'shift-joined'
  | 'shift-left'
  | 'handed-over'
  | 'handover-read'
  | 'look-skipped'
  | 'fallback-called'
  | 'plan-read'
  | 'plan-sent'
  | 'plan-taken'
  | 'plan-refused'
  | 'unit-stopped'
  | 'unit-paused'
  | 'unit-pause-ended'
  | 'halt-taken'
  | 'halt-refused'
  | 'unit-dark'
  | 'unit-dark-over'
  | 'shadow-events-read'
  | 'room-read'
  | 'room-confirmed'
  | 'room-seconded'
  | 'room-in-use'
  | 'room-refused'
  | 'key-changed'
  | 'console-known'
  | 'console-new'
  | 'console-confirmed'
  | 'console-doubted'
  | 'console-withdrawn'
  | 'municipality-key-set'
  | 'signer-signed'
  | 'console-vouched'
  | 'clock-set'
  | 'stood-still'
  | 'old-forgotten'
  | 'unit-log-head'
  | 'unit-log-cut'
  | 'clock-doubted'
  | 'clock-confirmed'
  | 'backup-made'
  | 'database-restored'
  | 'audit-read'
  | 'audit-exported'
  | 'statistics-read'
  | 'alarm-labelled'
  | 'log-check-read'
  | 'log-check-made'
  | 'access-checked'
  | 'log-check-signed-off'
  | 'extract-read'
  | 'contact-set'
  | 'questionnaire-answered'
  | 'month-made'
  | 'checklist-changed'
  | 'checklist-begun'
  | 'checklist-ticked'
  | 'checklist-taken-back'
  | 'exercise-begun'
  | 'exercise-done'
  | 'training-shown'
  | 'training-hidden'
  | 'install-step-tried'
  | 'install-step-confirmed'
  | 'install-finished'
  | 'install-record-read'
  | 'unit-left'
  | 'unit-wipe-said'
  | 'wipe-refused'
  | 'stock-came'
  | 'stock-moved'
  | 'stock-location-set'
  | 'stock-exported'
  | 'swap-planned'
  | 'swap-moved'
  | 'unit-asked'
  | 'unit-bundle-read'
  | 'unit-fault-taken'
  | 'unit-fault-let-go'
  | 'test-alarm-raised'
  | 'test-alarm-taken'
  | 'update-begun'
  | 'update-stopped'
  | 'update-group-set'
  | 'receiver-saved'
  | 'receiver-removed'
  | 'receiver-tested'
  | 'push-turned-on'
  | 'push-turned-off'
  | 'push-device-forgotten'
  | 'push-setting-changed'
  | 'webhook-added'
  | 'webhook-changed'
  | 'webhook-secret-made'
  | 'webhook-tried'
  | 'webhook-given-up'
  | 'webhook-seen-to'
  | 'webhook-removed'
  | 'api-key-made'
  | 'api-key-revoked'
  | 'api-used'
  | 'people-imported'
  | 'outcomes-exported'
  | 'clients-read'
  | 'client-read'
  | 'client-added'
  | 'client-changed'
  | 'client-ended'
  | 'client-erased'
  | 'decision-made'
  | 'consent-given'
  | 'consent-withdrawn'
  | 'supervision-stopped'
  | 'supervision-paused'
  | 'pause-ended'
  | 'visit-card-read'
  | 'visit-instead'
  | 'plan-drafted'
  | 'plan-signed'
  | 'plan-in-force'
  | 'plan-over'
  | 'register-read'
  | 'personal-key-changed'
  | 'break-glass-asked'
  | 'break-glass-granted'
  | 'break-glass-declined'
  | 'break-glass-used'
  | 'break-glass-ended'
  | 'break-glass-read'
  | 'break-glass-reviewed'
  | 'console-locked'
  | 'console-shared'
  | 'console-not-shared'
  | 'sign-in-set'
  | 'organisation-added'
  | 'agreement-made'
  | 'agreement-ended'
  | 'agreements-read'
  | 'refused';

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
  /**
   * A deed that writes its line before it is done: where it is refused after that, or fails, a line `refused` says so, with the
   * number of the first one and the code of the fault.
   */
  deed<Out>(run: () => Promise<Out>): Promise<Out>;
  /** The newest lines, and all that has come since the last check: what it costs does not grow with the log. */
  check(): Promise<AuditCheck>;
  /** Reads the whole chain, page by page; everything else that the relay does goes on in between. */
  checkWhole(): Promise<AuditCheck>;
}

/** Lines that are a refusal themselves. */
const refusals: readonly string[] = ['sign-in-refused', 'pictures-denied', 'refused'];

/** Lines that are checked each time, however often they have been. */
const newest = 500;

export function openAudit(store: Store, clock: Clock): Audit {
  const append: Audit['append'] = async ({ db }, who, what, subject, details = {}) => {
    const last = await lastAuditLine(db);
    // Not every engine keeps a U+0000, and what is hashed must be what is kept; in the details it is escaped.
    const [by, about] = [who, subject].map((text) => text.replaceAll('\0', '\ufffd')) as [string, string];
    const line = {
      number: (last?.number ?? 0) + 1,
      at: printInstant(clock.now()),
      who: by,
      what,
      subject: about,
      details,
    };
    const whole = { ...line, hash: hashLine(last?.hash ?? chainStart, line) };
    await appendAuditLine(db, whole);
    await tellWhose(db, whole);
    return whole;
  };
  let checked: Checked = nothingChecked;
  async function goOn(from: Checked): Promise<AuditCheck> {
    const so = await walkChain(store.db, from);
    checked = so.type === 'whole' ? { lines: so.lines, head: so.head } : nothingChecked;
    return so;
  }
  const deeds = new AsyncLocalStorage<AuditLine[]>();
  const write: Audit['write'] = async (who, what, subject, details) => {
    const line = await store.write((tx) => append(tx, who, what, subject, details));
    if (!refusals.includes(what)) deeds.getStore()?.push(line);
    return line;
  };
  const refuse = async ([first, ...others]: readonly AuditLine[], fault: Fault): Promise<void> => {
    if (!first) return;
    const line = [first, ...others].map(({ number }) => number).join(' ');
    const { operator } = first.details;
    await write(first.who, 'refused', first.subject, { line, why: fault.code, ...(operator && { operator }) });
  };
  return {
    append,
    write,
    async deed(run) {
      const lines: AuditLine[] = [];
      try {
        const out = await deeds.run(lines, run);
        if (out instanceof Fault) await refuse(lines, out);
        return out;
      } catch (error) {
        // What is to be heard of is why it failed; where nothing can be saved this line cannot be either.
        await refuse(lines, asFault(error)).catch(() => {});
        throw error;
      }
    },
    async check() {
      // The newest lines, which are read and shown, are checked each time; what is older was whole when it was checked last.
      const from = checked.lines - newest;
      if (from <= 0) return goOn(nothingChecked);
      const [line] = await auditLinesAfter(store.db, from - 1, 1);
      return goOn(line?.number === from ? { lines: from, head: line.hash } : nothingChecked);
    },
    checkWhole: () => goOn(nothingChecked),
  };
}
