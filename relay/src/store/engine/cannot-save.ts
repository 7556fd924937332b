/** Pure. That the relay cannot save, why, and what to do about it: the one Fault that both engines say it by. */
import { Fault } from '@nattfrid/shared/fault/fault';

/** `why`: for screens, which say it in their own language. `words`: for whoever looks after the machine. */
export interface Reason {
  readonly why: 'held' | 'read-only' | 'no-answer' | 'no-database' | 'damaged' | 'full' | 'not-opened';
  readonly words: string;
}

export const cannotSave = ({ why, words }: Reason, cause?: unknown): Fault =>
  new Fault('cannot-save', `The relay cannot save: ${words}.`, {
    ...(cause !== undefined && { cause }),
    fields: { why },
  });

/** No error of SQLite's: it would still find room for a little. */
export const diskIsFull = (): Fault => cannotSave({ why: 'full', words: 'the disk is full. Make room on it' });

/** What is kept is itself broken: what is saved beside the broken page is no sign that it is whole again. */
export const isDamage = (fault: Fault): boolean => fault.fields['why'] === 'damaged';

export const isCannotSave = (error: unknown): error is Fault => error instanceof Fault && error.code === 'cannot-save';
