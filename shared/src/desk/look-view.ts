/** Pure. relay > console: a look that is due, open or done. */
import { z } from 'zod';
import { AlarmId, ClientAlias, LookId, UnitId, VisitId } from '../domain/ids.ts';
import { LookEnd, NoPicture, Reason, Refusal, Verdict } from '../domain/look.ts';
import { Mode } from '../domain/plan.ts';

/** Why a look could not be carried out at all; leads to a visit. */
export const LookFault = z.enum([
  'unit-unreachable',
  'no-answer',
  'refused',
  'no-picture',
  'missed',
  /** The console knows another key of this unit: nothing that comes from it is believed. */
  'key-changed',
]);
export type LookFault = z.infer<typeof LookFault>;

export const LookView = z
  .object({
    look: LookId,
    unit: UnitId,
    client: ClientAlias,
    reason: Reason,
    attempt: z.int().min(1).describe('1, or 2 for the retry after «not seen»'),
    state: z
      .enum(['due', 'asked', 'open', 'awaiting-verdict', 'refused', 'failed', 'done'])
      .describe('due > asked > open > awaiting-verdict > done; refused and failed wait for a person as well'),
    dueFrom: z.iso.datetime(),
    dueUntil: z.iso.datetime(),
    operator: z.string().optional(),
    operatorId: z.string().optional().describe('Names may be shared; an older relay tells no ids'),
    joined: z.array(z.string()).readonly().optional().describe('Colleagues who have joined it, by name'),
    notJoined: z
      .object({ who: z.string(), why: Refusal })
      .readonly()
      .optional()
      .describe('The last colleague whom the unit has not let in, by name'),
    openedAt: z.iso.datetime().optional(),
    firstPictureAt: z.iso.datetime().optional(),
    clientSeenAt: z.iso
      .datetime()
      .optional()
      .describe(
        'Its unit says that it shows somebody, which is enough by the plan: the other cameras of the home close',
      ),
    until: z.iso.datetime().optional(),
    mode: Mode.optional(),
    firstMode: Mode.optional().describe('As the unit showed it first, where somebody has wished for another way since'),
    wish: z
      .object({ mode: Mode, why: Refusal.optional() })
      .readonly()
      .optional()
      .describe('How whoever looks would rather have the person shown: not answered yet, or why the unit said no'),
    refusal: Refusal.optional().describe(
      'Also of one that is due again: the unit does not know the console that asked',
    ),
    noPicture: NoPicture.optional(),
    fault: LookFault.optional(),
    end: LookEnd.optional(),
    verdict: Verdict.optional(),
    verdictAt: z.iso.datetime().optional(),
    retry: LookId.optional().describe('«Not seen» leads to this retry, or to the visit'),
    visit: VisitId.optional(),
    alarm: AlarmId.optional(),
    place: z.string().max(40).optional().describe('Where in the home its camera looks'),
    comment: z.string().max(300).optional().describe('Of the plan, for whoever looks; no unit is told it'),
    beside: LookId.optional().describe(
      'Another camera of the same home, opened together with this look, which leads: one verdict ends them all',
    ),
  })
  .readonly();
export type LookView = z.infer<typeof LookView>;
