/** Whether this unit is ready: each step on its disk before it counts. */
import type { AlarmId } from '@nattfrid/shared/domain/ids';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { LookAnswer } from '@nattfrid/shared/wire/look-call';
import type { Proof, ServiceAnswer, ServiceCall } from '@nattfrid/shared/wire/service-call';
import type { ReadyTable } from '../store/ready-table.ts';
import { readReadiness, writeReadiness } from './kept-readiness.ts';
import { type Readiness, type ReadyEffect, type ReadyEvent, readiness } from './readiness.ts';

export interface ReadyKeeper extends Disposable {
  readonly now: Readiness;
  /** What it has seen itself since it was paired; all of it in a unit that waits for nothing. */
  readonly seen: readonly Proof[];
  /** This program runs from now on. @param boot names this start of the machine */
  started(boot: string | undefined): void;
  /** @param isTest whether the look that this is about was asked for as a test */
  answered(answer: LookAnswer, isTest: boolean): void;
  fallRaised(alarm: AlarmId): void;
  /** @throws where it cannot be written down */
  cameraChosen(): void;
  /** @returns what is answered */
  served(call: Extract<ServiceCall, { type: 'test-fall-back' | 'ready' }>): ServiceAnswer;
}

/** So many test falls of this run can still be taken in a unit that waits for nothing. */
const mostRaised = 16;

/**
 * @param changed told whenever something more was seen, and when it is ready
 */
export function keepReadiness(given: {
  readonly table: ReadyTable;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
  readonly changed: () => void;
}): ReadyKeeper {
  const { table, clock, log, changed } = given;
  let state = readReadiness(table.load());
  let raised: readonly AlarmId[] = [];
  function step(event: ReadyEvent): readonly ReadyEffect[] {
    const [next, effects] = readiness.step(state, event);
    if (next !== state) table.save(writeReadiness(next));
    state = next;
    if (effects.some(({ type }) => type !== 'refuse')) changed();
    return effects;
  }
  /** What cannot be written has not been seen: it is tried again. */
  const attempt = (event: ReadyEvent) => {
    try {
      step(event);
    } catch (error) {
      log.error('What was seen of a test could not be written down', { words: asFault(error).message });
    }
  };
  return {
    get now() {
      return state;
    },
    get seen() {
      return state.name === 'setting-up' ? state.seen : (['test-look', 'test-fall', 'power-cut'] as const);
    },
    answered({ type, look }, isTest) {
      if (type === 'opened' && isTest) attempt({ type: 'test-look', look, what: 'opened' });
      if (type === 'picture' || type === 'ended') attempt({ type: 'test-look', look, what: type });
    },
    started: (boot) => attempt({ type: 'started', boot }),
    fallRaised(alarm) {
      step({ type: 'fall-raised', alarm });
      raised = [...raised, alarm].slice(-mostRaised);
    },
    cameraChosen: () => void step({ type: 'camera-chosen' }),
    served(call) {
      const name = call.call;
      if (call.type === 'test-fall-back') {
        const [refused] = step({ type: 'fall-back', alarm: call.alarm }).filter(({ type }) => type === 'refuse');
        const isKnown = state.name === 'setting-up' ? !refused : raised.includes(call.alarm);
        if (!isKnown) {
          log.warn('A test alarm is said to have been taken that this unit has not raised', { why: 'not-found' });
          return { type: 'refused', call: name, why: 'not-found' };
        }
        return { type: 'proofs', call: name, seen: this.seen };
      }
      for (const effect of step({ type: 'finished', record: call.record, at: clock.now() })) {
        if (effect.type === 'taken') {
          log.info('Ready: its plan may come into force from now on', { record: effect.record });
          return { type: 'ready-taken', call: name, record: effect.record };
        }
        if (effect.type === 'refuse')
          return { type: 'refused', call: name, why: effect.why, ...(effect.lacks && { lacks: effect.lacks }) };
      }
      return { type: 'refused', call: name, why: 'failed' };
    },
    [Symbol.dispose]: () => attempt({ type: 'stopped' }),
  };
}
