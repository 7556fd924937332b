/**
 * The way that needs no computer at the other end: a call to a telephone or SMS gateway, by its alias and a number to ring, never a
 * name or an address. Kept on the disk until the gateway has said yes; a restart loses none.
 */
import { createHmac } from 'node:crypto';
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { AlarmId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Logger } from '@nattfrid/shared/log/logger';
import { backoff, type Ladder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import { findAlarm } from '../store/alarms-table.ts';
import type { Store, Tx } from '../store/database.ts';
import { derivedId } from '../store/derived-id.ts';
import {
  countFallbackAttempt,
  endFallbackCall,
  type FallbackCall,
  insertFallbackCall,
  openFallbackCalls,
} from '../store/fallback-table.ts';

export interface FallBack {
  /** Kept in the transaction that says so of the alarm, and made once that is on the disk. */
  call(tx: Tx, alarm: AlarmView): Promise<void>;
  /** Where nothing can be saved: made from memory. */
  callUnsaved(alarm: AlarmView): void;
  /** Makes what is to be made, and tries again what was not answered; one that a person has closed meanwhile is left. */
  tick(): Promise<void>;
}

/** Of the gateway. */
export interface Gateway {
  readonly url: string;
  /** Signs each call: HMAC-SHA256. */
  readonly secret: string;
}

/** An alarm waits: soon, and then once a minute for as long as it takes. */
const ladder: Ladder = [
  { wait: seconds(5), times: 3 },
  { wait: seconds(15), times: 4 },
  { wait: seconds(60), times: Number.POSITIVE_INFINITY },
];
/** There is one relay: nothing is gained by chance. */
const unvaried = () => 0.5;
/** A gateway that has not answered by then is asked again; it knows a call that it has had by its id. */
const answerWithin = seconds(10);

export function openFallBack(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly gateway: Gateway | undefined;
  readonly audit: Audit;
  readonly canSave: () => boolean;
  /** Nobody lives there: nobody is rung for it. */
  readonly isTraining: (unit: UnitId) => boolean;
}): FallBack & AsyncDisposable {
  const { store, clock, gateway, audit, canSave, isTraining } = parts;
  const log = parts.log.child('fallback');
  const closing = new AbortController();
  /** When each is tried next, by the steady clock, and how long it is waited for after that; after a restart: at once. */
  const waits = new Map<string, { at: Duration; readonly next: Generator<Duration, never> }>();
  const unsaved = new Map<string, FallbackCall>();
  const running = new Set<Promise<void>>();
  const trying = new Set<string>();

  function callOf(alarm: AlarmView): FallbackCall {
    const call = derivedId('fallback', alarm.alarm, alarm.receivedAt, alarm.chain?.again ?? 0);
    const body = JSON.stringify({
      id: call,
      alarm: alarm.alarm,
      what: alarm.kind,
      code: alarm.evidence.code,
      alias: alarm.client,
      since: alarm.receivedAt,
      ...(alarm.chain?.call && { call: alarm.chain.call }),
      ...(alarm.chain?.words && { words: alarm.chain.words }),
    });
    return { call, alarm: alarm.alarm, body, attempts: 0 };
  }

  /** @returns whether the gateway has taken it */
  async function send({ url, secret }: Gateway, one: FallbackCall): Promise<boolean> {
    const over = new AbortController();
    const stop = () => over.abort();
    closing.signal.addEventListener('abort', stop, { once: true });
    void clock.sleep(answerWithin, over.signal).then(stop);
    const at = printInstant(clock.now());
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'nattfrid-call': one.call,
          'nattfrid-time': at,
          'nattfrid-signature': signatureOf(secret, at, one.body),
        },
        body: one.body,
        redirect: 'error',
        signal: over.signal,
      });
      await answer.body?.cancel();
      if (!answer.ok) log.warn('The gateway of the fallback has refused a call', { status: answer.status });
      return answer.ok;
    } catch {
      if (!closing.signal.aborted) log.warn('The gateway of the fallback does not answer', { attempts: one.attempts });
      return false;
    } finally {
      closing.signal.removeEventListener('abort', stop);
      stop();
    }
  }

  async function tryOnce(to: Gateway, one: FallbackCall): Promise<void> {
    const attempts = one.attempts + 1;
    if (!unsaved.has(one.call) && canSave())
      await store.write(({ db }) => countFallbackAttempt(db, one.call, attempts));
    const wait = waits.get(one.call) ?? { at: clock.steady(), next: backoff(ladder, unvaried) };
    const taken = await send(to, { ...one, attempts });
    if (!taken) {
      wait.at = (clock.steady() + wait.next.next().value) as Duration;
      waits.set(one.call, wait);
      return;
    }
    log.info('The gateway of the fallback has taken a call', { attempts });
    waits.delete(one.call);
    if (unsaved.delete(one.call)) return;
    await store.write(({ db }) => endFallbackCall(db, one.call, clock.now(), 'answered'));
  }

  const isClosed = async (alarm: AlarmId): Promise<boolean> => {
    const found = await findAlarm(store.db, alarm);
    return found?.name === 'closed';
  };

  async function due(): Promise<readonly FallbackCall[]> {
    const saved = canSave() ? await openFallbackCalls(store.db) : [];
    const now = clock.steady();
    return [...saved, ...unsaved.values()].filter(
      ({ call }) => !trying.has(call) && (waits.get(call)?.at ?? now) <= now,
    );
  }

  return {
    async call(tx, alarm) {
      if (isTraining(alarm.unit)) return;
      await audit.append(tx, 'relay', 'fallback-called', alarm.alarm, { by: gateway ? 'gateway' : 'people' });
      if (!gateway) return;
      const { attempts: _none, ...call } = callOf(alarm);
      await insertFallbackCall(tx.db, call, clock.now());
    },
    callUnsaved(alarm) {
      const call = callOf(alarm);
      if (gateway && !isTraining(alarm.unit)) unsaved.set(call.call, call);
    },
    async tick() {
      if (!gateway) return;
      for (const one of await due()) {
        if (canSave() && (await isClosed(one.alarm))) {
          unsaved.delete(one.call);
          await store.write(({ db }) => endFallbackCall(db, one.call, clock.now(), 'closed'));
          continue;
        }
        trying.add(one.call);
        // One gateway that hangs keeps no other call, and no alarm, waiting.
        const run = tryOnce(gateway, one)
          .catch((error: unknown) => log.error('A call of the fallback failed', { words: String(error) }))
          .finally(() => {
            trying.delete(one.call);
            running.delete(run);
          });
        running.add(run);
      }
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.all(running);
    },
  };
}

/** What the gateway computes as well: HMAC-SHA256, in hex, over the time, a full stop and the body. */
export const signatureOf = (secret: string, at: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
