/**
 * A technician's calls: each in the access log before anything is done, one at a time of each kind, and answered in every case. What
 * outlasts a relay that lies (a wipe, another camera) is done by somebody's word, and not by the relay's.
 */
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, minutes } from '@nattfrid/shared/time/duration';
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
import { type Governed, isGoverned, type Word } from './word-for.ts';

export interface Serving extends Pick<Orders, 'service-call'> {
  /** The relay has asked since this program was started: it knows the answers, and is told of changes too. */
  readonly isAsked: boolean;
  /** Everything is about to be erased: nothing starts the machine again before that. */
  readonly isWiping: boolean;
}

/** A technician asks for a handful a minute; more than so many are refused before anything of them is written. */
const most = { calls: 60, within: minutes(10) } as const;

/** @param mayNow why a call must not be obeyed now @param wordFor whose word such a call has @param task owns what a call sets going */
export function openServing(parts: {
  readonly deeds: Deeds;
  readonly mayNow: (type: ServiceCallType) => WhyNotServed | undefined;
  readonly wordFor: (call: Governed) => Promise<Word>;
  readonly access: Pick<AccessTable, 'write'>;
  readonly outbox: Pick<Outbox, 'put'>;
  readonly clock: Pick<Clock, 'now' | 'steady'>;
  readonly log: Logger;
  readonly task: (done: Promise<unknown>) => void;
}): Serving {
  const { deeds, mayNow, wordFor, access, outbox, clock, log, task } = parts;
  const underWay = new Set<ServiceCallType>();
  const lately: Duration[] = [];
  let isAsked = false;
  let isWiping = false;

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

  /** By the steady clock: a wall clock that is set changes nothing of it. */
  function isTooMany(): boolean {
    const now = clock.steady();
    while (lately[0] !== undefined && now - lately[0] >= most.within) lately.shift();
    if (lately.length >= most.calls) return true;
    lately.push(now);
    return false;
  }

  async function serve(call: ServiceCall): Promise<void> {
    const { type } = call;
    const deed = deeds[type] as Deed<ServiceCallType> | undefined;
    let why: WhyNotServed | undefined;
    try {
      const word = isGoverned(call) ? await wordFor(call) : undefined;
      // What has been asked to erase itself does nothing else any more; and a camera that is still being chosen was not tried.
      const isUntried = type === 'ready' && underWay.has('choose-camera');
      const isBusy = underWay.has(type) || isWiping || isUntried;
      why = deed === undefined ? 'not-known' : isBusy ? 'busy' : mayNow(type);
      if (!why && word?.type === 'refused') why = word.why;
      if (!why && word?.type === 'may' && !word.use()) why = 'signature-wrong';
      const by = word?.type === 'may' ? ` by ${word.by}` : '';
      access.write({
        at: clock.now(),
        what: `service ${type}${why ? ` refused ${why}` : by}`,
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
    if (type === 'wipe') isWiping = true;
    try {
      say(call.call, await deed(call, (answer) => say(call.call, answer)));
      log.info('A call of a technician is answered', { call: type });
    } catch (error) {
      if (type === 'wipe') isWiping = false;
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
    get isWiping() {
      return isWiping;
    },
    'service-call'(some) {
      isAsked = true;
      if (isTooMany()) {
        log.warn('Too many calls of a technician: this one is refused', { call: some.type });
        return say(some.call, refused('busy'));
      }
      const call = knownCall(some);
      if (call) return task(serve(call));
      log.warn('A technician asks for something that this unit does not know', { call: some.type });
      say(some.call, refused('not-known'));
    },
  };
}
