/** One push message as a request (RFC 8030): sealed, short-lived, urgent, and replacing what is still under way of the same alarm. */
import { createHash } from 'node:crypto';
import type { Subscription } from '@nattfrid/shared/desk/push-routes';
import type { PushMessage } from '@nattfrid/shared/desk/push-view';
import type { Duration } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Posting } from '../outgoing/send.ts';
import { sealFor } from './encrypt.ts';
import { type VapidKey, vapidHeader } from './vapid.ts';

export async function pushPosting(
  subscription: Subscription,
  message: PushMessage,
  from: { readonly key: VapidKey; readonly contact: string; readonly now: Instant; readonly lasts: Duration },
): Promise<Posting> {
  const { endpoint } = subscription;
  return {
    url: endpoint,
    headers: {
      authorization: await vapidHeader(from.key, endpoint, from.contact, from.now),
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: String(Math.max(0, Math.round(from.lasts / 1000))),
      urgency: 'high',
      topic: topicOf(message.alarm ?? 'trial'),
    },
    body: sealFor(subscription, JSON.stringify(message)),
  };
}

/** At most 32 letters of base64url (RFC 8030 §5.4); the push service cannot tell which alarm it is. */
const topicOf = (alarm: string): string =>
  createHash('sha256').update(`nattfrid push ${alarm}`).digest('base64url').slice(0, 32);
