/** Pure. Which errors of SQLite mean that the relay cannot save, and what to do about each, in words. */
import { primaryCode } from '@nattfrid/shared/fault/sqlite-code';
import { cannotSave, type Reason } from '../engine/cannot-save.ts';

/** By `primaryCode`. */
const reasons: Readonly<Record<number, Reason>> = {
  5: { why: 'held', words: 'another program holds the database. End it' },
  6: { why: 'held', words: 'another program holds a table of the database. End it' },
  8: {
    why: 'read-only',
    words: 'the database may only be read. Give the relay the right to write its file and folder',
  },
  10: { why: 'no-answer', words: 'the disk does not answer. Look at the disk' },
  11: {
    why: 'damaged',
    words: 'the database is damaged. Stop the relay and restore the newest backup: nattfrid-relay restore FILE',
  },
  13: { why: 'full', words: 'the disk is full. Make room on it' },
  14: { why: 'not-opened', words: 'the database cannot be opened. Look at its folder and rights' },
  26: {
    why: 'damaged',
    words:
      'the file is no database any more. Stop the relay and restore the newest backup: nattfrid-relay restore FILE',
  },
};

/** What SQLite says of a disk that has been made read-only under its hands, and of others. */
const unanswered: readonly number[] = [10, 14];
export const readOnlyDisk =
  'its disk may only be read, as after a fault of it. Look at the disk, and at how it is mounted';

/**
 * @param isReadOnly asks the disk. @returns a Fault `cannot-save` for what the disk or the file has done, anything else as it is.
 */
export function asCannotSave(error: unknown, isReadOnly: () => boolean): unknown {
  const code = primaryCode(error) ?? 0;
  const isUnanswered = unanswered.includes(code) && isReadOnly();
  const reason: Reason | undefined = isUnanswered ? { why: 'read-only', words: readOnlyDisk } : reasons[code];
  return reason ? cannotSave(reason, error) : error;
}
