/** Pure. relay > console: an alarm, who has it, and what has become of it. */
import { z } from 'zod';
import { AlarmKind, Evidence } from '../domain/alarm.ts';
import { AlarmId, ClientAlias, LookId, TeamId, UnitId, VisitId } from '../domain/ids.ts';
import { Verdict } from '../domain/look.ts';

/** To whom an alarm is told: a team, or everybody who is at work. */
export const ToldTo = z.union([z.literal('everybody'), TeamId]);
export type ToldTo = z.infer<typeof ToldTo>;

/** How far the alarm has come in its line of teams. */
export const ChainView = z
  .object({
    told: z.array(ToldTo).readonly().describe('In order; the first goes on being told'),
    step: z
      .enum(['telling', 'louder', 'fallen-back', 'in-hand', 'over'])
      .describe('louder: the whole line has been told; fallen-back: the way that needs no computer is taken'),
    empty: z
      .array(TeamId)
      .readonly()
      .optional()
      .describe('Teams of the line that were stepped over at once: nobody was in them. They go on being told'),
    again: z.int().min(1).optional().describe('So often somebody has taken it, and nothing came of it for too long'),
    call: z.string().max(40).optional().describe('Telephone number of the fallback'),
    words: z.string().max(300).optional().describe('What to do then'),
    think: z.string().max(500).optional().describe("Of the home's action card: what to think of there"),
  })
  .readonly();
export type ChainView = z.infer<typeof ChainView>;

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
    onTheWayAt: z.iso.datetime().optional().describe('Somebody is on the way to the home, for this'),
    thereAt: z.iso.datetime().optional().describe('Somebody is there'),
    leftBy: z.string().optional().describe('Had it, and has gone or done nothing with it: it is told again'),
    chain: ChainView.optional(),
    quiet: z
      .enum(['set-up'])
      .optional()
      .describe('Nobody is called for it: its unit is being set up. A person closes it all the same'),
    more: z
      .int()
      .optional()
      .describe(
        'So many more alarms of this kind have come from this unit while this one is open; its card is for all',
      ),
  })
  .readonly();
export type AlarmView = z.infer<typeof AlarmView>;
