/** Pure. The part of the API that is about break-glass: asked for, granted or declined by a second person, ended, reviewed. */
import { z } from 'zod';
import { ClientAlias } from '../domain/ids.ts';
import { BreakGlassId, BreakGlassReason, BreakGlassToReview, BreakGlassView, BreakGlassWhat } from './break-glass.ts';
import { none, type Route } from './route.ts';

const one = z.object({ access: BreakGlassId }).readonly();

export const breakGlassRoutes = {
  askBreakGlass: {
    method: 'POST',
    path: '/api/break-glass',
    params: none,
    body: z
      .object({
        client: ClientAlias,
        what: BreakGlassWhat,
        reason: BreakGlassReason,
        words: z.string().trim().min(1).max(300).optional(),
      })
      .readonly(),
    answer: BreakGlassView,
    action: 'ask-break-glass',
  },
  /** By another person than whoever asks, of the organisation whose client it is, on another computer. */
  grantBreakGlass: {
    method: 'POST',
    path: '/api/break-glass/:access/grant',
    params: one,
    body: none,
    answer: BreakGlassView,
    action: 'grant-break-glass',
  },
  declineBreakGlass: {
    method: 'POST',
    path: '/api/break-glass/:access/decline',
    params: one,
    body: none,
    answer: BreakGlassView,
    action: 'grant-break-glass',
  },
  /** Given back by whoever has asked, or taken back by whoever may grant it. */
  endBreakGlass: {
    method: 'POST',
    path: '/api/break-glass/:opened/end',
    params: z.object({ opened: BreakGlassId }).readonly(),
    body: none,
    answer: BreakGlassView,
    action: 'end-break-glass',
  },
  /** Those of the own organisation's clients that are open or have been: the newest first, at most 200. */
  breakGlasses: {
    method: 'GET',
    path: '/api/break-glass',
    params: none,
    body: none,
    answer: z.object({ accesses: z.array(BreakGlassToReview).readonly() }).readonly(),
    action: 'check-log',
  },
  /** Signed off, by neither of the two. «follow-up» needs words. */
  reviewBreakGlass: {
    method: 'POST',
    path: '/api/break-glass/:access/review',
    params: one,
    body: z
      .object({ checked: z.enum(['in-order', 'follow-up']), words: z.string().trim().min(1).max(500).optional() })
      .readonly(),
    answer: BreakGlassToReview,
    action: 'check-log',
  },
} as const satisfies Record<string, Route>;
