/** A technician's calls: each in the access log before anything is done, one at a time of each kind, and answered in every case. */
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import {
  knownCall,
  type ServiceAnswer,
  type ServiceCall,
  type ServiceCallType,
  type WhyNotServed,
} from '@nattfrid/shared/wire/service-call';
import type { Orders } from '../obey/obey.ts';
import type { Outbox } from '../report/outbox.ts';
import type { AccessTable } from '../store/access-table.ts';
import { type Answer, type Deed, type Deeds, refused } from './deed.ts';

export interface Serving extends Pick<Orders, 'service-call'> {
  /** The relay has asked since this program was started: it knows the answers, and is told of changes too. */
  readonly isAsked: boolean;
}

/** @param mayNow why a call must not be obeyed now @param task owns what a call sets going */
export function openServing(parts: {
  readonly deeds: Deeds;
  readonly mayNow: (type: ServiceCallType) => WhyNotServed | undefined;
  readonly access: Pick<AccessTable, 'write'>;
  readonly outbox: Pick<Outbox, 'put'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
  readonly task: (done: Promise<unknown>) => void;
}): Serving {
  const { deeds, mayNow, access, outbox, clock, log, task } = parts;
  const underWay = new Set<ServiceCallType>();
  let isAsked = false;

  function say(call: string, answer: Answer): void {
    try {
      // A test alarm is as urgent as a real one: what it proves is that a real one comes.
      outbox.put(
        'service-answer',
        { ...answer, call } as ServiceAnswer,
        answer.type === 'test-fall-raised' ? 0 : undefined,
      );
    } catch (error) {
      log.error('An answer to a technician could not be kept', { words: asFault(error).message });
    }
  }

  async function serve(call: ServiceCall): Promise<void> {
    const { type } = call;
    const deed = deeds[type] as Deed<ServiceCallType> | undefined;
    const why = deed === undefined ? 'not-known' : underWay.has(type) ? 'busy' : mayNow(type);
    try {
      access.write({
        at: clock.now(),
        what: `service ${type}${why ? ` refused ${why}` : ''}`,
        subject: 'unit',
        who: 'relay',
      });
    } catch (error) {
      log.error('A call of a technician could not be written down, and is not obeyed', {
        words: asFault(error).message,
      });
      return say(call.call, refused('failed'));
    }
    if (deed === undefined || why) {
      log.warn('A call of a technician is refused', { call: type, why });
      return say(call.call, refused(why ?? 'not-known'));
    }
    underWay.add(type);
    try {
      say(call.call, await deed(call, (answer) => say(call.call, answer)));
      log.info('A call of a technician is answered', { call: type });
    } catch (error) {
      log.error('A call of a technician could not be done', { call: type, words: asFault(error).message });
      say(call.call, refused('failed'));
    } finally {
      underWay.delete(type);
    }
  }

  return {
    get isAsked() {
      return isAsked;
    },
    'service-call'(some) {
      isAsked = true;
      const call = knownCall(some);
      if (call) return task(serve(call));
      log.warn('A technician asks for something that this unit does not know', { call: some.type });
      say(some.call, refused('not-known'));
    },
  };
}
