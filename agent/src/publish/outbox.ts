/** Durable queue for words, never for pictures: on disk before it is sent, alarms first, at least once. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import { writeLetter } from '@nattfrid/shared/wire/envelope';
import type { Message, NamesFrom } from '@nattfrid/shared/wire/messages';
import type { OutboxTable } from '../store/outbox-table.ts';

/** What may wait on disk; the rest (announce, vitals) is only true now. */
export type Kept = Extract<
  NamesFrom<'unit'>,
  'alarm-report' | 'look-answer' | 'plan-answer' | 'room-answer' | 'room-proposal'
>;

const priority: Record<Kept, number> = {
  'alarm-report': 0,
  'look-answer': 1,
  'plan-answer': 2,
  'room-answer': 2,
  'room-proposal': 3,
};

/** More would mean weeks without a relay; beyond it the oldest that is not an alarm goes. */
const most = 5000;

export interface Outbox {
  /** On disk when it returns. Joins the caller's transaction when there is one. */
  put<Name extends Kept>(name: Name, body: Message<Name>): void;
  /** Sends what waits, one after the other, each removed only when `send` has resolved; ends when empty or on a failure. */
  drain(send: (name: Kept, bytes: Uint8Array) => Promise<void>, signal: AbortSignal): Promise<void>;
  /** Resolves when something is put (or on abort). */
  filled(signal: AbortSignal): Promise<void>;
  readonly depth: number;
}

export function openOutbox(given: {
  readonly table: OutboxTable;
  readonly unit: UnitId;
  readonly clock: Clock;
  readonly newId: () => string;
}): Outbox {
  const { table, unit, clock, newId } = given;
  const listeners = new Set<() => void>();
  return {
    put(name, body) {
      const id = newId();
      const at = clock.now();
      // Checked on the way in: what cannot be read there must not block the queue for ever.
      writeLetter(name, unit, id, at, body);
      table.add({ id, name, body: JSON.stringify(body), madeAt: at }, priority[name]);
      table.bound(most);
      for (const told of [...listeners]) told();
    },
    async drain(send, signal) {
      for (let next = table.first(); next && !signal.aborted; next = table.first()) {
        const name = next.name as Kept;
        await send(name, writeLetter(name, unit, next.id, instant(next.madeAt), JSON.parse(next.body)));
        table.remove(next.number);
      }
    },
    filled(signal) {
      if (signal.aborted || table.depth() > 0) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          listeners.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        listeners.add(done);
        signal.addEventListener('abort', done, { once: true });
      });
    },
    get depth() {
      return table.depth();
    },
  };
}
