/**
 * Pure. One message on its way out: tried, tried again later and later, taken or given up. What waits does so by the wall clock, which
 * may be set: a time further away than the longest wait is due now.
 */
import type { Machine } from '@nattfrid/shared/machine/machine';
import { type Duration, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';

export type Delivery =
  | { readonly name: 'waiting'; readonly madeAt: Instant; readonly attempts: number; readonly nextAt: Instant }
  | { readonly name: 'delivered'; readonly at: Instant }
  | { readonly name: 'given-up'; readonly at: Instant };

/** What has come of an attempt. */
export type Outcome =
  | { readonly type: 'taken' }
  /** Its receiver is no more, and never will be. */
  | { readonly type: 'gone' }
  /** This message will not be taken, however often it is sent. */
  | { readonly type: 'refused' }
  /** @param notBefore the receiver asks to be left alone for so long */
  | { readonly type: 'failed'; readonly notBefore?: Duration | undefined };

export interface DeliveryEvent {
  readonly type: 'tried';
  readonly at: Instant;
  readonly outcome: Outcome;
  /** Uniform in [0, 1): a thousand that have failed together do not come back together. */
  readonly chance: number;
}

export type DeliveryEffect = { readonly type: 'tell'; readonly what: 'delivered' | 'failing' | 'given-up' | 'gone' };

export interface Ladder {
  /** After the first failure, the second, and so on; the last for ever. Never empty. */
  readonly waits: readonly Duration[];
  /** What has not been taken by then is tried once more and given up. */
  readonly lasts: Duration;
}

export const waiting = (madeAt: Instant): Delivery => ({ name: 'waiting', madeAt, attempts: 0, nextAt: madeAt });

export const deliveryMachine = (ladder: Ladder): Machine<Delivery, DeliveryEvent, DeliveryEffect> => ({
  initial: { name: 'waiting', madeAt: 0 as Instant, attempts: 0, nextAt: 0 as Instant },
  step(delivery, { at, outcome, chance }) {
    if (delivery.name !== 'waiting') return [delivery, []];
    switch (outcome.type) {
      case 'taken':
        return [{ name: 'delivered', at }, [{ type: 'tell', what: 'delivered' }]];
      case 'gone':
        return [{ name: 'given-up', at }, [{ type: 'tell', what: 'gone' }]];
      case 'refused':
        return [{ name: 'given-up', at }, [{ type: 'tell', what: 'given-up' }]];
      case 'failed': {
        const end = after(delivery.madeAt, ladder.lasts);
        if (at >= end) return [{ name: 'given-up', at }, [{ type: 'tell', what: 'given-up' }]];
        const attempts = delivery.attempts + 1;
        const own = waitOf(ladder, attempts) * (0.8 + 0.4 * chance);
        const wait = milliseconds(Math.min(longest(ladder), Math.max(own, outcome.notBefore ?? 0)));
        const next = after(at, wait);
        return [{ ...delivery, attempts, nextAt: next < end ? next : end }, [{ type: 'tell', what: 'failing' }]];
      }
    }
  },
});

/** Whether it is to be tried now. */
export const isDue = ({ nextAt }: { readonly nextAt: Instant }, now: Instant, ladder: Ladder): boolean =>
  nextAt <= now || nextAt - now > longest(ladder);

const waitOf = ({ waits }: Ladder, attempts: number): Duration =>
  waits[Math.min(attempts, waits.length) - 1] ?? milliseconds(0);

/** A receiver may ask for more than our own longest wait, but for no more than double. */
const longest = ({ waits }: Ladder): Duration => milliseconds(2 * Math.max(...waits));

/** Seconds, or a date (RFC 9110 §10.2.3). @returns undefined: none, or not readable */
export function retryAfter(header: string | undefined, now: Instant): Duration | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return milliseconds(Number(header) * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : milliseconds(Math.max(0, at - now));
}
