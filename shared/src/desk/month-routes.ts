/** Pure. The part of the API about months as they are kept: figures of all homes together, nothing of a client and nobody of the staff. */
import { z } from 'zod';
import { Statistics } from './follow-up-view.ts';
import { none, type Route } from './route.ts';

export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month, as 2026-11');
export type Month = z.infer<typeof Month>;

/** Figures alone: what stands here outlasts the looks and alarms that it was made of. */
export const MonthSummary = Statistics.unwrap()
  .omit({ clients: true })
  .extend({
    month: Month,
    madeAt: z.iso.datetime(),
    homes: z.int().min(0).describe('With a look or an alarm in the month'),
  })
  .readonly();
export type MonthSummary = z.infer<typeof MonthSummary>;

export const MonthHead = z
  .object({
    month: Month,
    madeAt: z.iso.datetime(),
    openedAt: z.iso.datetime().optional().describe('Absent: nobody of the organisation has opened it yet'),
  })
  .readonly();
export type MonthHead = z.infer<typeof MonthHead>;

export const monthRoutes = {
  months: {
    method: 'GET',
    path: '/api/months',
    params: none,
    body: none,
    answer: z.object({ months: z.array(MonthHead).readonly().describe('The newest first') }).readonly(),
    action: 'read-statistics',
  },
  /** Whoever opens it first ends the notice that it is there. */
  month: {
    method: 'GET',
    path: '/api/months/:month',
    params: z.object({ month: Month }).readonly(),
    body: none,
    answer: MonthSummary,
    action: 'read-statistics',
  },
} as const satisfies Record<string, Route>;
