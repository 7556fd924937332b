/** Live events to whoever listens; listeners must not wait. What is saved is recorded first, in its own transaction. */
import type { LiveEvent } from '@nattfrid/shared/desk/live-event';
import type { Tx } from '../store/database.ts';

/** Keeps, in the transaction of what has happened, what must be told of it outside. */
export type Recorder = (tx: Tx, event: LiveEvent) => Promise<void>;

export interface Hub {
  tell(event: LiveEvent): void;
  /** Told once the transaction is on the disk, with all that the recorders have kept of it; never if it is not. */
  record(tx: Tx, event: LiveEvent): Promise<void>;
  recordBy(recorder: Recorder): void;
  listen(listener: (event: LiveEvent) => void): Disposable;
  readonly listeners: number;
}

export function openHub(): Hub {
  const listeners = new Set<(event: LiveEvent) => void>();
  const recorders: Recorder[] = [];
  const tell = (event: LiveEvent) => {
    for (const listener of listeners) listener(event);
  };
  return {
    tell,
    async record(tx, event) {
      for (const recorder of recorders) await recorder(tx, event);
      tx.after(() => tell(event));
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
