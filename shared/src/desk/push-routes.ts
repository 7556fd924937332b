/** Pure. The part of the table of the API that is about devices rung by Web Push. */
import { z } from 'zod';
import { Base64Url } from '../wire/bytes.ts';
import { DeviceLabel, ForgottenDevice, PushDevice } from './push-view.ts';
import { none, type Route } from './route.ts';

const device = z.object({ device: z.string().min(1).max(60) }).readonly();

/** Where a browser's push service takes messages for it, and the keys they are sealed with (RFC 8291). */
export const Subscription = z
  .object({
    endpoint: z.url({ protocol: /^https$/ }).max(1000),
    keys: z
      .object({
        /** A point of P-256, uncompressed: 65 bytes. */
        p256dh: Base64Url.length(87),
        auth: Base64Url.length(22),
      })
      .readonly(),
  })
  .readonly();
export type Subscription = z.infer<typeof Subscription>;

export const pushRoutes = {
  /** The devices of whoever asks, the key that browsers subscribe with, and what was forgotten since the last time. */
  myPush: {
    method: 'GET',
    path: '/api/push',
    params: none,
    body: none,
    answer: z
      .object({
        key: Base64Url.length(87),
        devices: z.array(PushDevice).readonly(),
        forgotten: z.array(ForgottenDevice).readonly(),
        rings: z.boolean().describe('Alarms ring devices of this role'),
      })
      .readonly(),
    action: 'have-push',
  },
  /** Also for a device that is on already: it then belongs to the session that asks. */
  turnOnPush: {
    method: 'POST',
    path: '/api/push',
    params: none,
    body: z.object({ subscription: Subscription, label: DeviceLabel, language: z.enum(['sv', 'en']) }).readonly(),
    answer: PushDevice,
    action: 'have-push',
  },
  turnOffPush: {
    method: 'POST',
    path: '/api/push/:device/off',
    params: device,
    body: none,
    answer: none,
    action: 'have-push',
  },
  /** Sends a message to one device now; the answer says whether its push service has taken it. */
  tryPush: {
    method: 'POST',
    path: '/api/push/:device/try',
    params: device,
    body: none,
    answer: z.object({ taken: z.boolean(), words: z.string().max(400).optional() }).readonly(),
    action: 'have-push',
  },
  /** The person has read that these devices are not rung any more. */
  seenForgotten: {
    method: 'POST',
    path: '/api/push/forgotten/:device/seen',
    params: device,
    body: none,
    answer: none,
    action: 'have-push',
  },
  pushSetting: {
    method: 'GET',
    path: '/api/push-setting',
    params: none,
    body: none,
    answer: z.object({ tellAlias: z.boolean() }).readonly(),
    action: 'manage-connections',
  },
  /** Whether a message may name the alias of the client, for all devices of the organisation. */
  setPushSetting: {
    method: 'POST',
    path: '/api/push-setting',
    params: none,
    body: z.object({ tellAlias: z.boolean() }).readonly(),
    answer: none,
    action: 'manage-connections',
  },
} as const satisfies Record<string, Route>;
