/** Pure. What an answer of a push service means (RFC 8030 §5, §7.3, and what services are known to say). */
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Instant } from '@nattfrid/shared/time/instant';
import { type Outcome, retryAfter } from '../outgoing/delivery.ts';
import type { Sent } from '../outgoing/send.ts';

export function pushOutcome(answer: Sent | Fault, now: Instant): Outcome {
  if (answer instanceof Fault) return answer.code === 'link-lost' ? { type: 'failed' } : { type: 'refused' };
  const { status } = answer;
  if (status >= 200 && status < 300) return { type: 'taken' };
  // The subscription is over, and never comes back under this address.
  if (status === 404 || status === 410) return { type: 'gone' };
  if (status === 429 || status === 408 || status >= 500)
    return { type: 'failed', notBefore: retryAfter(answer.retryAfter, now) };
  return { type: 'refused' };
}
