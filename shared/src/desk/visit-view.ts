/** Pure. relay > console: a physical visit that somebody must make, and what came of it. */
import { z } from 'zod';
import { AlarmId, ClientAlias, LookId, UnitId, VisitId } from '../domain/ids.ts';

const WhyVisit = z.enum(['not-seen-twice', 'help-needed', 'technical-fault', 'alarm-not-taken', 'no-supervision']);

export const VisitView = z
  .object({
    visit: VisitId,
    unit: UnitId,
    client: ClientAlias,
    why: WhyVisit.describe('The first reason'),
    also: z
      .array(
        z
          .object({ why: WhyVisit, at: z.iso.datetime(), look: LookId.optional(), alarm: AlarmId.optional() })
          .readonly(),
      )
      .max(20)
      .readonly()
      .optional()
      .describe('What has happened in this home since: one visit is for all of it'),
    state: z.enum(['needed', 'on-the-way', 'there', 'done']),
    neededAt: z.iso.datetime(),
    who: z.string().optional(),
    onTheWayAt: z.iso.datetime().optional(),
    thereAt: z.iso.datetime().optional(),
    doneAt: z.iso.datetime().optional(),
    outcome: z.string().max(500).optional(),
    look: LookId.optional(),
    alarm: AlarmId.optional(),
  })
  .readonly();
export type VisitView = z.infer<typeof VisitView>;
