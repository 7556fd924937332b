/** What a database file holds, found without changing it: are its pages sound, is its audit chain whole, when was it written last. */
import { asFault, Fault } from '@nattfrid/shared/fault/fault';
import { type AuditCheck, nothingChecked } from '../audit/check.ts';
import { walkChain } from '../audit/walk.ts';
import { keyInUse } from '../personal/key-in-use.ts';
import { lastAuditLine } from '../store/audit-table.ts';
import { openToRead } from '../store/database.ts';
import { checkPages } from '../store/sqlite/sqlite.ts';

export interface Held {
  readonly alarms: number;
  /** Clients of whom something is sealed: without this key nobody reads who they are. undefined: none is needed. */
  readonly personalKey: string | undefined;
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
    return {
      alarms,
      personalKey: await keyInUse(db),
      audit: await walkChain(db, nothingChecked),
      newestLineAt: (await lastAuditLine(db))?.at,
    };
  } catch (cause) {
    const words = asFault(cause).message;
    throw new Fault('file-unreadable', `${file} is no sound database of a relay: ${words}.`, { cause });
  } finally {
    await db.destroy();
  }
}

/** One line for whoever reads what a command prints. */
export const inWords = ({ alarms, audit, newestLineAt, personalKey }: Held): string =>
  [
    `alarms ${alarms}`,
    `audit lines ${audit.lines}`,
    audit.type === 'whole' ? `head ${audit.head}` : `the audit chain is broken at line ${audit.at} (${audit.why})`,
    `newest line ${newestLineAt ?? 'none'}`,
    personalKey === undefined
      ? 'no key for personal details is needed'
      : `the key ${personalKey} is needed for personal details, and is not in it`,
  ].join(', ');
