/** Writes down, again and again, how long the audit log is and where it ends: what was cut off later is found by it. */
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { AuditCheck } from './check.ts';
import { signHead } from './head.ts';
import { readAuditKey, writeHead } from './head-files.ts';

/** @returns writes a head file of a log that has been checked; a broken one is not signed. Never throws. */
export type KeepHead = (checked: AuditCheck) => Promise<void>;

/** @throws Fault where the key cannot be read */
export async function keepHeads(
  {
    auditHeadFolder,
    auditKey,
  }: { readonly auditHeadFolder?: string | undefined; readonly auditKey?: string | undefined },
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): Promise<KeepHead> {
  if (!auditHeadFolder || !auditKey) return async () => {};
  const key = await readAuditKey(auditKey);
  return async (checked) => {
    if (checked.type !== 'whole') return;
    try {
      const file = writeHead(auditHeadFolder, await signHead(checked, printInstant(clock.now()), key));
      log.info('A head of the audit log was written: keep a copy of it on another machine', { file });
    } catch (error) {
      log.error('No head of the audit log could be written', {
        folder: auditHeadFolder,
        words: asFault(error).message,
      });
    }
  };
}
