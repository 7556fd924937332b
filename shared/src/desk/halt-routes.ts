/** Pure. The part of the API that is about stops and pauses of one unit, and about what was counted while nobody was called. */
import { z } from 'zod';
import { Evidence } from '../domain/alarm.ts';
import { ClientAlias, HaltId, UnitId } from '../domain/ids.ts';
import { ShadowKind } from '../domain/plan.ts';
import { WhyStopped } from '../wire/halt-letter.ts';
import { none, type Route } from './route.ts';

const one = z.object({ unit: UnitId }).readonly();

export const ShadowCount = z
  .object({
    client: ClientAlias,
    unit: UnitId,
    kind: ShadowKind,
    night: z.iso.date().describe('The day on which the night began; a day is from noon to noon'),
    events: z
      .array(z.object({ began: z.iso.datetime(), ended: z.iso.datetime().optional(), evidence: Evidence }).readonly())
      .readonly()
      .describe('For each of them somebody would have been called'),
  })
  .readonly();
export type ShadowCount = z.infer<typeof ShadowCount>;

export const haltRoutes = {
  /** Nothing is watched and nothing shown in front of this unit, within seconds, until a newer plan is signed. A consent is taken back for a whole home, by `withdrawConsent`. */
  stopUnit: {
    method: 'POST',
    path: '/api/units/:unit/stop',
    params: one,
    body: z.object({ why: WhyStopped }).readonly(),
    answer: z
      .object({
        halt: HaltId,
        planVersion: z.int().min(0).describe('A plan counts again if its version is higher than this'),
      })
      .readonly(),
    action: 'withdraw-consent',
  },
  pauseUnit: {
    method: 'POST',
    path: '/api/units/:unit/pause',
    params: one,
    body: z
      .object({
        from: z.iso.datetime().optional().describe('Absent: now'),
        until: z.iso.datetime().describe('At most 14 days after it begins'),
      })
      .readonly(),
    answer: z.object({ halt: HaltId }).readonly(),
    action: 'pause-supervision',
  },
  endUnitPause: {
    method: 'POST',
    path: '/api/units/:unit/pause/end',
    params: one,
    body: none,
    answer: none,
    action: 'pause-supervision',
  },
  /** By client, kind and night. Read before events are agreed with a client who has looks only. */
  shadowEvents: {
    method: 'GET',
    path: '/api/shadow-events',
    params: z.object({ client: ClientAlias.optional(), from: z.iso.datetime(), until: z.iso.datetime() }).readonly(),
    body: none,
    answer: z.object({ counts: z.array(ShadowCount).readonly() }).readonly(),
    action: 'draft-plan',
  },
} as const satisfies Record<string, Route>;
