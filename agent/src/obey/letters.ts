/** Letters that govern the unit from then on: a plan that the municipality has signed, a room that a person has confirmed. */
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import type { RoomLetter } from '@nattfrid/shared/wire/room-letter';
import type { PlanKeeper } from '../plan/plan.ts';
import type { Outbox } from '../report/outbox.ts';
import type { RoomKeeper } from '../room/keep-room.ts';
import type { Orders } from './obey.ts';

export interface LetterParts {
  readonly plan: Pick<PlanKeeper, 'consider'>;
  readonly room: Pick<RoomKeeper, 'consider'>;
  readonly outbox: Pick<Outbox, 'put'>;
  readonly log: Logger;
  /** Owns what a letter sets going, until it is done. */
  readonly task: (done: Promise<unknown>) => void;
}

export function letters(parts: LetterParts): Pick<Orders, 'plan-letter' | 'room-letter'> {
  return {
    'plan-letter': (letter) => parts.task(considerPlan(parts, letter)),
    'room-letter': (letter) => considerRoom(parts, letter),
  };
}

async function considerPlan({ plan, outbox, log }: LetterParts, letter: PlanLetter): Promise<void> {
  const answer = await plan.consider(letter);
  outbox.put('plan-answer', answer);
  if (answer.type === 'taken') log.info('Plan taken', { version: answer.version });
  else log.warn('Plan refused', { why: answer.why });
}

function considerRoom({ room, outbox, log }: LetterParts, letter: RoomLetter): void {
  try {
    outbox.put('room-answer', room.consider(letter));
  } catch (error) {
    // Not written down, so not used: the relay sends the room again when this unit says which one it has.
    log.error('A confirmed room could not be kept', { words: asFault(error).message });
  }
}
