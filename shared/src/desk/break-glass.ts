/**
 * Pure. Break-glass (nödåtkomst): what somebody's role or agreement does not allow, asked for with a reason, granted by a second person,
 * for one client and half an hour. `permissions.ts` says who may ask, grant and end it, `break-glass-opens.ts` what it ever opens.
 */
import { z } from 'zod';
import { ClientAlias } from '../domain/ids.ts';
import { minutes } from '../time/duration.ts';
import { Organisation } from './organisation.ts';
import { Role } from './role.ts';

export const BreakGlassId = z.uuid().brand<'BreakGlassId'>();
export type BreakGlassId = z.infer<typeof BreakGlassId>;

/** `visit-card`: name, address, key and telephone numbers. `alarms`: this home's alarms are seen, taken and closed. */
export const BreakGlassWhat = z.enum(['visit-card', 'alarms']);
export type BreakGlassWhat = z.infer<typeof BreakGlassWhat>;

/** How long a second person has to answer. */
export const answerWithin = minutes(10);
/** How long it is open. */
export const openFor = minutes(30);

/** Why it is asked for: a word of this list goes into the audit log, what is written beside it does not. */
export const BreakGlassReason = z.enum(['nobody-answers', 'danger', 'alarm-of-others', 'technical-fault', 'other']);
export type BreakGlassReason = z.infer<typeof BreakGlassReason>;

/** What a second person could not see, and whoever reviews it should. */
export const Alike = z.enum(['same-network', 'same-name']);
export type Alike = z.infer<typeof Alike>;

export const WhyOver = z.enum([
  'declined',
  'not-answered',
  'time',
  'given-back',
  'taken-back',
  'session-over',
  'agreement-over',
]);
export type WhyOver = z.infer<typeof WhyOver>;

export const BreakGlassView = z
  .object({
    access: BreakGlassId,
    client: ClientAlias,
    organisation: Organisation.describe('Whose client it is: its people grant it, and review it'),
    what: BreakGlassWhat,
    reason: BreakGlassReason,
    words: z.string().max(300).optional(),
    state: z.enum(['asked', 'open', 'over']),
    who: z.string().describe('Who has asked'),
    whoId: z.string(),
    role: Role.describe('Of whoever has asked'),
    askedAt: z.iso.datetime(),
    until: z.iso.datetime().describe('Asked: when it is no longer waited for an answer; open: when it ends'),
    grantedBy: z.string().optional(),
    grantedById: z.string().optional(),
    endedAt: z.iso.datetime().optional(),
    why: WhyOver.optional(),
  })
  .readonly();
export type BreakGlassView = z.infer<typeof BreakGlassView>;

/** So many of an organisation's clients wait for somebody to look at them. */
export const BreakGlassWaits = z.object({ organisation: Organisation, accesses: z.int().min(0) }).readonly();
export type BreakGlassWaits = z.infer<typeof BreakGlassWaits>;

/** One that has been open, or that somebody has said no to: a person looks at it, and says what it was. */
export const BreakGlassToReview = z
  .object({
    ...BreakGlassView.unwrap().shape,
    alike: z.array(Alike).readonly(),
    uses: z
      .array(z.object({ at: z.iso.datetime(), route: z.string().max(40), subject: z.string().max(80) }).readonly())
      .readonly()
      .describe('Each time that something was read or done by it'),
    reviewedBy: z.string().optional(),
    reviewedAt: z.iso.datetime().optional(),
    checked: z.enum(['in-order', 'follow-up']).optional(),
    remark: z.string().max(500).optional(),
  })
  .readonly();
export type BreakGlassToReview = z.infer<typeof BreakGlassToReview>;
