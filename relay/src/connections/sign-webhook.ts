/** Signs what a webhook sends, as Standard Webhooks (standardwebhooks.com) has it: HMAC-SHA-256 over id, time and body. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Instant } from '@nattfrid/shared/time/instant';

const prefix = 'whsec_';

/** 32 random bytes in base64, as its libraries take them. */
export const makeWebhookSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

/** @param id the same for each attempt: whoever has seen it has seen this message @param now when it is sent, in the header in seconds */
export function signedHeaders(secret: string, id: string, now: Instant, body: string): Record<string, string> {
  const time = String(Math.floor(now / 1000));
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': time,
    'webhook-signature': `v1,${signature}`,
  };
}
