/** Pure. relay > console: an alarm, who has it, and what has become of it. */
import { z } from 'zod';
import { AlarmKind, Evidence } from '../domain/alarm.ts';
import { AlarmId, ClientAlias, LookId, UnitId, VisitId } from '../domain/ids.ts';
import { Verdict } from '../domain/look.ts';

export const AlarmView = z
  .object({
    alarm: AlarmId,
    kind: AlarmKind,
    unit: UnitId,
    client: ClientAlias,
    at: z.iso.datetime().describe("By the unit's clock"),
    receivedAt: z.iso.datetime(),
    state: z
      .enum(['raised', 'taken', 'closed'])
      .describe('raised > taken > closed; a person must bring it to closed, it never gets there by itself'),
    takenBy: z.string().optional(),
    takenById: z.string().optional().describe('Names may be shared; an older relay tells no ids'),
    takenAt: z.iso.datetime().optional(),
    overdue: z.boolean().describe('Nobody took it in time: it is told louder'),
    endedAt: z.iso
      .datetime()
      .optional()
      .describe('The unit has told that it is over (the person is up again): a person closes it all the same'),
    evidence: Evidence,
    verdict: Verdict.optional(),
    closedBy: z.string().optional(),
    closedById: z.string().optional(),
    closedAt: z.iso.datetime().optional(),
    look: LookId.optional(),
    visit: VisitId.optional(),
    more: z
      .int()
      .optional()
      .describe(
        'So many more alarms of this kind have come from this unit while this one is open; its card is for all',
      ),
  })
  .readonly();
export type AlarmView = z.infer<typeof AlarmView>;
