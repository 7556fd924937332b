/** Pure. Which errors of the database mean that the relay cannot save, and what to do about each, in words. */
import { Fault } from '@nattfrid/shared/fault/fault';
import { primaryCode } from '@nattfrid/shared/fault/sqlite-code';

/** By `primaryCode`. */
const reasons: Readonly<Record<number, string>> = {
  5: 'another program holds the database. End it',
  6: 'another program holds a table of the database. End it',
  8: 'the database may only be read. Give the relay the right to write its file and folder',
  10: 'the disk does not answer. Look at the disk',
  11: 'the database is damaged. Stop the relay and restore the newest backup: nattfrid-relay restore FILE',
  13: 'the disk is full. Make room on it',
  14: 'the database cannot be opened. Look at its folder and rights',
  26: 'the file is no database any more. Stop the relay and restore the newest backup: nattfrid-relay restore FILE',
};

/** What SQLite says of a disk that has been made read-only under its hands, and of others. */
const unanswered: readonly number[] = [10, 14];
export const readOnlyDisk =
  'its disk may only be read: the system has come upon a fault of it, perhaps. Look at the disk';

/**
 * @param isReadOnly asks the disk. @returns a Fault `cannot-save` for what the disk or the file has done, anything else as it is.
 */
export function asCannotSave(error: unknown, isReadOnly: () => boolean): unknown {
  const code = primaryCode(error) ?? 0;
  const reason = unanswered.includes(code) && isReadOnly() ? readOnlyDisk : reasons[code];
  return reason ? new Fault('cannot-save', `The relay cannot save: ${reason}.`, { cause: error }) : error;
}

/** The file itself is broken (11 and 26): what is saved beside the broken page is no sign that it is whole again. */
export function isDamage(fault: Fault): boolean {
  const code = primaryCode(fault.cause);
  return code === 11 || code === 26;
}

export const isCannotSave = (error: unknown): boolean => error instanceof Fault && error.code === 'cannot-save';
