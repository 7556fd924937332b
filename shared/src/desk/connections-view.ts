/** Pure. relay > console: the ways to other systems: webhooks and API keys, and how they are. No secret is in them. */
import { z } from 'zod';
import { OutwardName } from './outward.ts';
import { Scope } from './scopes.ts';
import { WhyNotSent } from './why-not-sent.ts';

const at = z.iso.datetime();

export const WebhookAnswer = z
  .object({
    at,
    type: z.string().max(60),
    status: z.int().optional().describe('Absent: there was no answer'),
    words: z.string().max(200).optional().describe('Why it did not get through'),
    why: WhyNotSent.optional().describe('The same as a word of its own; absent in what an older relay has kept'),
  })
  .readonly();
export type WebhookAnswer = z.infer<typeof WebhookAnswer>;

export const WebhookView = z
  .object({
    webhook: z.string().min(1).max(60),
    name: z.string().min(1).max(60),
    url: z.url().max(500),
    events: z.array(OutwardName).readonly(),
    since: at,
    state: z
      .enum(['on', 'off', 'gone', 'secret-lost'])
      .describe('gone: its receiver has answered 410; secret-lost: the relay cannot open its secret: make a new one'),
    deliveredAt: at.optional(),
    failingSince: at.optional(),
    waiting: z.int().min(0).describe('Messages that have not got through yet'),
    givenUp: z.int().min(0).describe('Messages that have not got through within 24 hours, and that nobody has seen to'),
    answers: z.array(WebhookAnswer).readonly().describe('The last ones, newest first'),
  })
  .readonly();
export type WebhookView = z.infer<typeof WebhookView>;

export const ApiKeyView = z
  .object({
    key: z.string().min(1).max(60),
    name: z.string().min(1).max(60),
    begins: z.string().max(12).describe('How the key begins, to know it by'),
    scopes: z.array(Scope).readonly(),
    madeAt: at,
    madeBy: z.string(),
    expiresAt: at,
    lastUsedAt: at.optional(),
    revokedAt: at.optional(),
  })
  .readonly();
export type ApiKeyView = z.infer<typeof ApiKeyView>;
