/** Durable queue for words, never for pictures: on disk before it is sent, alarms first, at least once. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { instant } from '@nattfrid/shared/time/instant';
import { writeLetter } from '@nattfrid/shared/wire/envelope';
import type { Message, NamesFrom } from '@nattfrid/shared/wire/messages';
import type { CannotKeep } from '@nattfrid/shared/wire/vitals';
import type { OutboxTable, Waiting } from '../store/outbox-table.ts';

/** What may wait on disk; the rest (announce, vitals) is only true now. */
export type Kept = Extract<
  NamesFrom<'unit'>,
  | 'alarm-report'
  | 'look-answer'
  | 'plan-answer'
  | 'halt-answer'
  | 'room-answer'
  | 'room-proposal'
  | 'shadow-event'
  | 'service-answer'
>;

const priority: Record<Kept, number> = {
  'alarm-report': 0,
  'look-answer': 1,
  'plan-answer': 2,
  'halt-answer': 2,
  'room-answer': 2,
  'room-proposal': 3,
  'shadow-event': 3,
  'service-answer': 4,
};

/** More would mean weeks without a relay; beyond it the oldest that is not an alarm goes. */
const most = 5000;
/** Answers of looks; a look has a handful. */
const mostUnwritten = 50;

export interface Outbox {
  /**
   * On disk when it returns. Joins the caller's transaction when there is one. What a look answers is sent from memory where the disk
   * takes nothing: it is true now, and worthless later.
   * @param before what it is sent before: everything of a higher number; by default as its name has it
   * @throws where it could not be written, and is no such answer
   */
  put<Name extends Kept>(name: Name, body: Message<Name>, before?: number): void;
  /**
   * Sends what waits, one after the other, each removed only when `send` has resolved; ends when empty or on a failure. What cannot be
   * removed, because the disk is full, is not sent again until a restart. What cannot be read waits until it can.
   */
  drain(send: (name: Kept, bytes: Uint8Array) => Promise<void>, signal: AbortSignal): Promise<void>;
  /** Resolves when something is put, or can be read again (or on abort). */
  filled(signal: AbortSignal): Promise<void>;
  /** The last that was known, where the disk cannot be read. */
  readonly depth: number;
  /** Why the disk took nothing when it was last written to, or could not be read; undefined: it did and could. */
  readonly cannotKeep: CannotKeep | undefined;
  /** Something else that belongs with it could not be written, for this. */
  refused(error: unknown): void;
  /** Something could be written again: believed where what waits can be read as well. */
  well(): void;
}

export function openOutbox(given: {
  readonly table: OutboxTable;
  readonly unit: UnitId;
  readonly clock: Clock;
  readonly newId: () => string;
  /** What a write failed by, in the disk's terms; a full disk where nothing is known of it. */
  readonly whyNot?: (error: unknown) => CannotKeep | undefined;
  /** Told when `cannotKeep` has become something else. */
  readonly changed?: () => void;
}): Outbox {
  const { table, unit, clock, newId, whyNot = () => undefined, changed = () => {} } = given;
  const listeners = new Set<() => void>();
  /** On disk and sent, and the disk does not let them go. */
  const sent = new Set<number>();
  const unwritten: Omit<Waiting, 'number'>[] = [];
  let cannotKeep: CannotKeep | undefined;
  /** The last read failed by the disk: what waits there is not tried again before it is well. */
  let unreadable = false;
  let onDisk = 0;
  const kept = (why: CannotKeep | undefined) => {
    if (why === cannotKeep) return;
    cannotKeep = why;
    changed();
  };
  const refused = (error: unknown) => kept(whyNot(error) ?? 'disk-full');
  /** @param within perhaps a transaction that has not ended: that it went well says nothing yet */
  const written = (write: () => void, within = false): boolean => {
    try {
      write();
      if (!within && !unreadable) kept(undefined);
      return true;
    } catch (error) {
      refused(error);
      return false;
    }
  };
  const remove = (number: number) => {
    sent.add(number);
    if (written(() => table.remove(number))) sent.delete(number);
  };
  /** @returns what `otherwise` says where the disk is to blame @throws for anything else */
  const read = <Value>(from: () => Value, otherwise: Value): Value => {
    try {
      return from();
    } catch (error) {
      if (whyNot(error) === undefined) throw error;
      unreadable = true;
      refused(error);
      return otherwise;
    }
  };
  const first = () => {
    unreadable = false;
    return read(() => table.first([...sent]), undefined);
  };
  const depth = () => {
    onDisk = read(() => table.depth(), onDisk);
    return onDisk - sent.size + unwritten.length;
  };
  const ready = () => {
    const many = unreadable ? 0 : depth();
    return unwritten.length > 0 || (many > 0 && !unreadable);
  };
  const tell = () => {
    for (const told of [...listeners]) told();
  };
  const letter = (one: Omit<Waiting, 'number'>) =>
    writeLetter(one.name as Kept, unit, one.id, instant(one.madeAt), JSON.parse(one.body));
  return {
    put(name, body, before = priority[name]) {
      const id = newId();
      const at = clock.now();
      // Checked on the way in: what cannot be read there must not block the queue for ever.
      writeLetter(name, unit, id, at, body);
      const waiting = { id, name, body: JSON.stringify(body), madeAt: at };
      try {
        // That it is on the disk is known only when the caller's transaction has ended: nothing is taken back of `cannotKeep` here.
        table.add(waiting, before);
      } catch (error) {
        refused(error);
        if (name !== 'look-answer') throw error;
        unwritten.push(waiting);
        if (unwritten.length > mostUnwritten) unwritten.shift();
      }
      written(() => table.bound(most), true);
      tell();
    },
    async drain(send, signal) {
      for (const number of [...sent]) remove(number);
      while (!signal.aborted) {
        const next = first();
        if (next) {
          await send(next.name as Kept, letter(next));
          remove(next.number);
          continue;
        }
        const [unkept] = unwritten;
        if (!unkept) return;
        await send(unkept.name as Kept, letter(unkept));
        const at = unwritten.indexOf(unkept);
        if (at >= 0) unwritten.splice(at, 1);
      }
    },
    filled(signal) {
      if (signal.aborted || ready()) return Promise.resolve();
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
      return depth();
    },
    refused,
    well() {
      first();
      if (unreadable) return;
      kept(undefined);
      tell();
    },
    get cannotKeep() {
      return cannotKeep;
    },
  };
}
