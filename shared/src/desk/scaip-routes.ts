/** Pure. The routes about receivers of alarms: set up, tested, taken away. */
import { z } from 'zod';
import { ReceiverSettings, ReceiverView } from './receiver-view.ts';
import { none, type Route } from './route.ts';

const one = z.object({ receiver: z.uuid() }).readonly();

export const scaipRoutes = {
  receivers: {
    method: 'GET',
    path: '/api/receivers',
    params: none,
    body: none,
    answer: z.object({ receivers: z.array(ReceiverView).readonly() }).readonly(),
    action: 'manage-connections',
  },
  /** Without `receiver` a new one. `password`: kept sealed; left out, the one that is there stays. */
  saveReceiver: {
    method: 'POST',
    path: '/api/receivers',
    params: none,
    body: z
      .object({
        receiver: z.uuid().optional(),
        settings: ReceiverSettings,
        password: z.string().min(1).max(200).optional(),
      })
      .readonly(),
    answer: ReceiverView,
    action: 'manage-connections',
  },
  removeReceiver: {
    method: 'POST',
    path: '/api/receivers/:receiver/remove',
    params: one,
    body: none,
    answer: none,
    action: 'manage-connections',
  },
  /** Sends a test (status 0102) and waits for what becomes of it. */
  testReceiver: {
    method: 'POST',
    path: '/api/receivers/:receiver/test',
    params: one,
    body: none,
    answer: z
      .object({
        outcome: z.enum(['taken', 'refused', 'no-answer']),
        by: z.enum(['primary', 'secondary']).optional(),
        words: z.string().max(300),
      })
      .readonly(),
    action: 'manage-connections',
  },
} as const satisfies Record<string, Route>;
