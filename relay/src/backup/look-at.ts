/** What a database file holds, found without changing it: are its pages sound, is its audit chain whole, when was it written last. */
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { type AuditCheck, nothingChecked } from '../audit/check.ts';
import { walkChain } from '../audit/walk.ts';
import { lastAuditLine } from '../store/audit-table.ts';
import { checkPages, openToRead } from '../store/database.ts';

export interface Held {
  readonly alarms: number;
  readonly audit: AuditCheck;
  /** Of the newest line of the audit log, ISO 8601; undefined where it has none. */
  readonly newestLineAt: string | undefined;
}

/** @returns what it holds. @throws Fault `file-missing`, or `file-unreadable` where it is damaged or no database of a relay */
export async function lookAt(file: string): Promise<Held> {
  const db = openToRead(file);
  try {
    await checkPages(db);
    const { alarms } = await db
      .selectFrom('alarms')
      .select((select) => select.fn.countAll<number>().as('alarms'))
      .executeTakeFirstOrThrow();
    return { alarms, audit: await walkChain(db, nothingChecked), newestLineAt: (await lastAuditLine(db))?.at };
  } catch (cause) {
    const words = asFault(cause).message;
    throw new Fault('file-unreadable', `${file} is no sound database of a relay: ${words}.`, { cause });
  } finally {
    await db.destroy();
  }
}

/** One line for whoever reads what a command prints. */
export const inWords = ({ alarms, audit, newestLineAt }: Held): string =>
  [
    `alarms ${alarms}`,
    `audit lines ${audit.lines}`,
    audit.type === 'whole' ? `head ${audit.head}` : `the audit chain is broken at line ${audit.at} (${audit.why})`,
    `newest line ${newestLineAt ?? 'none'}`,
  ].join(', ');
