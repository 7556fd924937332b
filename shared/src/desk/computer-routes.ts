/** Pure. The part of the API that is about computers that several people use in a night: which those are, and locking one. */
import { z } from 'zod';
import { Base64Url } from '../wire/bytes.ts';
import { ConsoleView } from './console-view.ts';
import { none, type Route } from './route.ts';

const console = Base64Url.length(43).describe('The key of the console');

export const computerRoutes = {
  /** Nothing but `me`, signing out and the bell is there for this session from now on, until somebody signs in on this computer. */
  lockConsole: { method: 'POST', path: '/api/lock', params: none, body: none, answer: none, action: 'have-session' },
  /** Several people use it: it locks by itself, and keeps nothing of whoever was there. Said again, the newest counts. */
  shareConsole: {
    method: 'POST',
    path: '/api/consoles/share',
    params: none,
    body: z
      .object({ console, lockMinutes: z.int().min(1).max(60).describe('Without use, until it locks by itself') })
      .readonly(),
    answer: z.object({ consoles: z.array(ConsoleView).readonly() }).readonly(),
    action: 'share-console',
  },
  unshareConsole: {
    method: 'POST',
    path: '/api/consoles/unshare',
    params: none,
    body: z.object({ console }).readonly(),
    answer: z.object({ consoles: z.array(ConsoleView).readonly() }).readonly(),
    action: 'unshare-console',
  },
} as const satisfies Record<string, Route>;
