/**
 * Where the access log ends, kept in a second place: a chain alone cannot show that its end was cut off, that it was emptied, or that
 * it was made anew. In a file beside the database, and at the relay, which is told with each beat.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { AccessHead } from '@nattfrid/shared/wire/access-head';
import type { AccessTable } from '../store/access-table.ts';

export const headFile = (data: string): string => join(data, 'access-head.json');

/** @returns undefined where there is none, or none that can be read */
export function readHead(data: string): AccessHead | undefined {
  const file = headFile(data);
  if (!existsSync(file)) return undefined;
  try {
    return AccessHead.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** How a log differs from a head that was kept. */
export type Differs =
  /** It ends before a line that it once had. */
  | { readonly type: 'cut-off'; readonly last: number; readonly had: number }
  /** It follows its own chain, and that line is another one than it was. */
  | { readonly type: 'made-anew'; readonly number: number };

export function differs(
  access: Pick<AccessTable, 'head' | 'hashOf' | 'forgotten' | 'count'>,
  head: AccessHead,
): Differs | undefined {
  const { line: last } = access.head();
  if (last < head.line) return { type: 'cut-off', last, had: head.line };
  const hash = access.hashOf(head.line);
  if (hash === undefined) {
    // Its line has been forgotten, as it was old; what came after it is still chained. A log that forgets says so in a line of its own.
    const forgotten = access.forgotten();
    return forgotten >= head.line && access.count() > 0
      ? undefined
      : { type: 'cut-off', last: forgotten, had: head.line };
  }
  return hash === head.hash ? undefined : { type: 'made-anew', number: head.line };
}

/** @returns where the log ends now, which has just been written down; undefined where the disk does not say */
export function openHead(
  data: string,
  access: Pick<AccessTable, 'head' | 'hashOf' | 'forgotten' | 'count'>,
  log: Logger,
): () => AccessHead | undefined {
  let written = '';
  let failed = false;
  const before = readHead(data);
  const found = before && differs(access, before);
  // The old head is what shows it: it stays.
  if (found)
    log.error('The access log is not the one that was kept: see check-log, and then move its head away', {
      ...found,
      file: headFile(data),
    });
  return () => {
    try {
      const head = access.head();
      const words = JSON.stringify(head);
      // Of what is committed: after a power cut the file may be behind the log, and never ahead of it.
      if (words !== written && !found) writeWhole(headFile(data), words);
      written = words;
      failed = false;
      return head;
    } catch (error) {
      if (!failed) log.error('Where the access log ends could not be kept', { words: asFault(error).message });
      failed = true;
      return undefined;
    }
  };
}

function writeWhole(file: string, words: string): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, words, { mode: 0o600, flush: true });
  renameSync(fresh, file);
}
