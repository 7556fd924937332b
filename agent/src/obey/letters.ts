/** Letters that govern the unit from then on: a plan that the municipality has signed, a stop or a pause, a room that a person has confirmed. */
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { HaltLetter } from '@nattfrid/shared/wire/halt-letter';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import type { RoomLetter } from '@nattfrid/shared/wire/room-letter';
import type { HaltKeeper } from '../halt/keep-halts.ts';
import type { Learnt, RoomSigned } from '../look/room-signed.ts';
import type { PlanKeeper } from '../plan/plan.ts';
import type { Outbox } from '../report/outbox.ts';
import type { RoomKeeper } from '../room/keep-room.ts';
import type { AccessTable } from '../store/access-table.ts';
import type { ConsolesTable } from '../store/consoles-table.ts';
import type { Orders } from './obey.ts';

export interface LetterParts {
  readonly plan: Pick<PlanKeeper, 'consider'>;
  readonly halts: Pick<HaltKeeper, 'consider'>;
  readonly room: Pick<RoomKeeper, 'consider'>;
  readonly roomSigned: (letter: RoomLetter, at: Instant) => Promise<RoomSigned>;
  readonly consoles: Pick<ConsolesTable, 'add' | 'confirm'>;
  readonly access: Pick<AccessTable, 'write'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly outbox: Pick<Outbox, 'put'>;
  readonly log: Logger;
  /** Owns what a letter sets going, until it is done. */
  readonly task: (done: Promise<unknown>) => void;
}

export function letters(parts: LetterParts): Pick<Orders, 'plan-letter' | 'halt-letter' | 'room-letter'> {
  return {
    'plan-letter': (letter) => parts.task(considerPlan(parts, letter)),
    // At once: nothing that takes away waits for what gives.
    'halt-letter': (letter) => considerHalt(parts, letter),
    'room-letter': inTurn(parts.task, (letter) => considerRoom(parts, letter)),
  };
}

/** A newer room must not be overtaken by an older one whose signatures take longer. */
function inTurn<Letter>(task: LetterParts['task'], consider: (letter: Letter) => Promise<void>) {
  let before: Promise<unknown> = Promise.resolve();
  return (letter: Letter) => {
    const mine = before.then(() => consider(letter));
    before = mine.catch(() => {});
    task(mine);
  };
}

async function considerPlan({ plan, outbox, log }: LetterParts, letter: PlanLetter): Promise<void> {
  const answer = await plan.consider(letter);
  outbox.put('plan-answer', answer);
  if (answer.type === 'taken') log.info('Plan taken', { version: answer.version });
  else log.warn('Plan refused', { why: answer.why });
}

function considerHalt({ halts, outbox, log }: LetterParts, letter: HaltLetter): void {
  const answer = halts.consider(letter);
  // Not on the disk: the relay says it again until it is.
  if (!answer) return;
  try {
    outbox.put('halt-answer', answer);
  } catch (error) {
    log.error('What became of a halt could not be told, and is asked for again', { words: asFault(error).message });
  }
  if (answer.type === 'taken') log.info('Halt taken', { letter: answer.letter, halt: answer.halt });
  else log.warn('Halt refused', { why: answer.why, halt: answer.halt });
}

async function considerRoom(parts: LetterParts, letter: RoomLetter): Promise<void> {
  const { room, roomSigned, outbox, clock, log } = parts;
  try {
    const signed = await roomSigned(letter, clock.now());
    const answer = room.consider(letter, signed.type === 'refused' ? signed.why : undefined);
    if (signed.type === 'signed' && answer.type === 'in-use') for (const one of signed.learnt) learn(parts, one);
    outbox.put('room-answer', answer);
  } catch (error) {
    // Not written down, so not used: the relay sends the room again when this unit says which one it has.
    log.error('A confirmed room could not be kept', { words: asFault(error).message });
  }
}

/** As with the look in which a console is first seen: an operator whom somebody has made up stands in the unit's own log. */
function learn({ access, consoles, clock }: LetterParts, one: Learnt): void {
  const { operator, key, fingerprint } = one;
  const at = clock.now();
  if ('confirmed' in one) {
    const { confirmed } = one;
    access.write({
      at,
      what: `console-confirmed ${fingerprint} by ${confirmed.signer}`,
      subject: 'room',
      who: operator,
    });
    consoles.confirm(operator, key, confirmed);
  } else {
    access.write({ at, what: `console-known ${fingerprint}`, subject: 'room', who: operator });
    consoles.add(operator, key, at);
  }
}
