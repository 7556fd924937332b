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
    /** By the unit's clock. */
    at: z.iso.datetime(),
    receivedAt: z.iso.datetime(),
    /** raised > taken > closed; a person must bring it to closed, it never gets there by itself. */
    state: z.enum(['raised', 'taken', 'closed']),
    takenBy: z.string().optional(),
    takenAt: z.iso.datetime().optional(),
    /** Nobody took it in time: it is told louder. */
    overdue: z.boolean(),
    /** The unit has told that it is over (the person is up again): a person closes it all the same. */
    endedAt: z.iso.datetime().optional(),
    evidence: Evidence,
    verdict: Verdict.optional(),
    closedBy: z.string().optional(),
    closedAt: z.iso.datetime().optional(),
    look: LookId.optional(),
    visit: VisitId.optional(),
  })
  .readonly();
export type AlarmView = z.infer<typeof AlarmView>;
