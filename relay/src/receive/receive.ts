/** What a unit says: bytes > envelope > message; checked, deduplicated by id, and handed on by kind in one transaction. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { type AnyLetter, type Letter, readLetter } from '@nattfrid/shared/wire/envelope';
import { messages, type NamesFrom } from '@nattfrid/shared/wire/messages';
import { z } from 'zod';
import { openRate } from '../limit/rate.ts';
import type { Store, Tx } from '../store/database.ts';
import { derivedId } from '../store/derived-id.ts';
import { noteReceived } from '../store/received-table.ts';

/** One for each word a unit can say: the compiler finds the one that is missing. A Fault: understood, and not true. */
export type Handlers = {
  readonly [Name in NamesFrom<'unit'>]: (tx: Tx, letter: Letter<Name>) => Promise<Fault | undefined>;
};

export interface ReceiveFigures {
  received(name: string): void;
  duplicate(): void;
  bad(code: string): void;
}

/**
 * Resolves when what was said is on the disk, or has been found to be bad (then it is counted, logged without its bytes, and
 * kept out, and should be acknowledged all the same, or it would be sent for ever). Rejects where it could not be saved: then
 * it must not be acknowledged. What one unit says is taken in its order.
 */
export type Receive = (
  unit: UnitId,
  name: NamesFrom<'unit'>,
  bytes: Uint8Array,
) => Promise<'taken' | 'duplicate' | Fault>;

/** A night's alarms and answers that had waited for the relay fit into it. */
const unitPace = { atOnce: 300, perMinute: 600 };
const slower = seconds(1);
/** Words of one unit on their way in: one that does not wait for acknowledgements is cut off, and sends the rest later. */
const mostWaiting = 500;

export function openReceive(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly figures: ReceiveFigures;
  readonly handlers: Handlers;
  /** That a unit speaks is known also where what it says cannot be saved. */
  readonly spoke: (unit: UnitId) => void;
  /** A unit says again what is known, or what cannot be read: it is there. */
  readonly again: (tx: Tx, unit: UnitId) => Promise<void>;
  /** A unit has told an alarm that cannot be read. `letter`: as it came. */
  readonly newAlarm: (tx: Tx, unit: UnitId, id: string, letter: string) => Promise<void>;
}): Receive {
  const { store, clock, figures, handlers, spoke, again, newAlarm } = parts;
  const log = parts.log.child('receive');
  const lastOf = new Map<UnitId, Promise<unknown>>();
  const waitingOf = new Map<UnitId, number>();
  const pace = openRate(unitPace.atOnce, unitPace.perMinute);

  /** A unit that says too much waits for its acknowledgements, and so says less: nothing of it is lost, and nobody else waits. */
  async function paced(unit: UnitId): Promise<void> {
    if (!pace.take(unit, instant(clock.steady()))) await clock.sleep(slower);
  }

  function take(unit: UnitId, name: NamesFrom<'unit'>, bytes: Uint8Array): Promise<'taken' | 'duplicate' | Fault> {
    const letter = readLetter(name, bytes);
    if (letter instanceof Fault)
      return name === 'alarm-report' ? takeNewAlarm(unit, bytes, letter) : Promise.resolve(letter);
    if (letter.unit !== unit)
      return Promise.resolve(
        new Fault('message-not-yours', `A ${name} in the name of another unit than the one that sends it.`),
      );
    // Its last will says that it is gone.
    if (letter.name !== 'announce' || (letter as Letter<'announce'>).body.state === 'here') spoke(unit);
    return store.write(async (tx) => {
      // What is sent once and never again needs no memory of it.
      const isNew = messages[name].qos === 0 || (await noteReceived(tx.db, letter.id, unit, name, clock.now()));
      if (!isNew) {
        await again(tx, unit);
        return 'duplicate';
      }
      return (await hand(handlers, tx, letter as AnyLetter & { name: NamesFrom<'unit'> })) ?? 'taken';
    });
  }

  /** An alarm that this relay cannot read, of a newer unit or a broken one, is an alarm all the same: kept as it came, and shown as something new. */
  function takeNewAlarm(unit: UnitId, bytes: Uint8Array, fault: Fault): Promise<'taken' | 'duplicate' | Fault> {
    const text = new TextDecoder().decode(bytes);
    const id = idOf(text, unit);
    spoke(unit);
    return store.write(async (tx) => {
      await again(tx, unit);
      if (!(await noteReceived(tx.db, id, unit, 'alarm-report', clock.now()))) return 'duplicate';
      await newAlarm(tx, unit, id, text);
      return fault;
    });
  }

  return async (unit, name, bytes) => {
    const waiting = (waitingOf.get(unit) ?? 0) + 1;
    if (waiting > mostWaiting) throw new Fault('too-many-requests', 'This unit says more than anybody could read.');
    waitingOf.set(unit, waiting);
    const turn = (lastOf.get(unit) ?? Promise.resolve())
      .catch(() => {})
      .then(() => paced(unit))
      .then(() => take(unit, name, bytes));
    lastOf.set(unit, turn);
    try {
      const result = await turn;
      if (result instanceof Fault) {
        figures.bad(result.code);
        log.warn('A message is bad and kept out', { unit, name, code: result.code, size: bytes.length });
      } else if (result === 'duplicate') figures.duplicate();
      else figures.received(name);
      return result;
    } finally {
      if (lastOf.get(unit) === turn) lastOf.delete(unit);
      if (waitingOf.get(unit) === 1) waitingOf.delete(unit);
      else waitingOf.set(unit, (waitingOf.get(unit) ?? 1) - 1);
    }
  };
}

const NewerLetter = z.object({ id: z.uuid(), unit: z.string() });

/** @returns the letter's own id, or where it has none that can be read always the same one for the same bytes */
function idOf(text: string, unit: UnitId): string {
  const letter = NewerLetter.safeParse(parsed(text));
  return letter.success && letter.data.unit === unit ? letter.data.id : derivedId('unread', unit, text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The table is typed by name, but a call through it is not: one cast, here. */
function hand(
  handlers: Handlers,
  tx: Tx,
  letter: AnyLetter & { readonly name: NamesFrom<'unit'> },
): Promise<Fault | undefined> {
  const handler = handlers[letter.name] as (tx: Tx, letter: AnyLetter) => Promise<Fault | undefined>;
  return handler(tx, letter);
}
