/** Pure. relay > console: a physical visit that somebody must make, and what came of it; console > relay: a step of it. */
import { z } from 'zod';
import { AlarmId, ClientAlias, LookId, TeamId, UnitId, VisitId } from '../domain/ids.ts';

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
    team: TeamId.optional().describe('Whose it is to go; absent: nobody has been named'),
    overdue: z.literal(true).optional().describe('Nobody has set out in time: it is told louder'),
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

/** What was pressed at a visit, perhaps where there was no link, and sent later. */
const deed = {
  deed: z.uuid().optional().describe('The same each time that it is sent: it is done once. Absent: a client of before'),
  pressedAt: z.iso
    .datetime()
    .optional()
    .describe("When it was pressed, by the relay's clock as the console knows it; absent: now"),
};

/** console > relay: one step of a visit. */
export const MoveAsked = z.discriminatedUnion('to', [
  z.object({ to: z.literal('on-the-way'), ...deed }).readonly(),
  z.object({ to: z.literal('there'), ...deed }).readonly(),
  z.object({ to: z.literal('done'), outcome: z.string().min(1).max(500), ...deed }).readonly(),
]);
export type MoveAsked = z.infer<typeof MoveAsked>;
