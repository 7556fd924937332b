/** Live events to whoever listens; listeners must not wait. What is saved is recorded first, in its own transaction. */
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { Tx } from '../store/database.ts';

/** Keeps, in the transaction of what has happened, what must be told of it outside. */
export type Recorder = (tx: Tx, event: LiveEvent) => Promise<void>;

export interface Hub {
  tell(event: LiveEvent): void;
  /**
   * Told once the transaction is on the disk, with all that the recorders have kept of it; never if it is not. What changes more than
   * once in a transaction is told as it is in the end: a state that was never on the disk, such as «due» of a look that is opened as it
   * is made, would reach a console after the answer to whoever opened it.
   */
  record(tx: Tx, event: LiveEvent): Promise<void>;
  recordBy(recorder: Recorder): void;
  listen(listener: (event: LiveEvent) => void): Disposable;
  readonly listeners: number;
}

export function openHub(): Hub {
  const listeners = new Set<(event: LiveEvent) => void>();
  const recorders: Recorder[] = [];
  const newest = new WeakMap<Tx, Map<string, LiveEvent>>();
  /** @returns whether this is the last that the transaction has recorded of its subject */
  const standing = (tx: Tx, event: LiveEvent): (() => boolean) => {
    const subject = subjectOf(event);
    if (subject === undefined) return () => true;
    const ofThis = newest.get(tx) ?? new Map<string, LiveEvent>();
    newest.set(tx, ofThis.set(subject, event));
    return () => ofThis.get(subject) === event;
  };
  const tell = (event: LiveEvent) => {
    for (const listener of listeners) listener(event);
  };
  return {
    tell,
    async record(tx, event) {
      for (const recorder of recorders) await recorder(tx, event);
      const stands = standing(tx, event);
      tx.after(() => {
        if (stands()) tell(event);
      });
    },
    recordBy: (recorder) => void recorders.push(recorder),
    listen(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    get listeners() {
      return listeners.size;
    },
  };
}

/** What is told as a whole at each change, by its own id. */
function subjectOf(event: LiveEvent): string | undefined {
  switch (event.type) {
    case 'alarm':
      return `alarm ${event.alarm.alarm}`;
    case 'look':
      return `look ${event.look.look}`;
    case 'visit':
      return `visit ${event.visit.visit}`;
    case 'unit':
      return `unit ${event.unit.unit}`;
    default:
      return undefined;
  }
}
