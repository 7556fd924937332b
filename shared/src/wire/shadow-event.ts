/**
 * Pure. unit > relay: what would have been an alarm, had the plan not asked for it to be counted only. A message of its own: a relay that
 * is older than it does not take it for an alarm, which a field of an alarm report would not keep it from.
 */
import { z } from 'zod';
import { Evidence } from '../domain/alarm.ts';
import { ShadowKind } from '../domain/plan.ts';

export const ShadowEvent = z
  .object({
    event: z.uuid().describe('The same in both reports of one event'),
    kind: ShadowKind,
    phase: z.enum(['began', 'ended']).describe('Each is told once'),
    at: z.iso.datetime().describe("When it happened, by the unit's clock"),
    evidence: Evidence,
  })
  .readonly();
export type ShadowEvent = z.infer<typeof ShadowEvent>;
