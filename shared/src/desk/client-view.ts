/** Pure. relay > console: a client with decision, consents, units and plan. Names only to those who decide and plan. */
import { z } from 'zod';
import { PersonalDetails } from '../care/client.ts';
import { ConsentRecord } from '../care/consent-record.ts';
import { Decision } from '../care/decision.ts';
import { Lacking } from '../care/lacking-in-plan.ts';
import { CarePlanState, PlanForm } from '../care/plan-form.ts';
import { CarePlanId, ClientAlias, ClientId, PlanId, UnitId } from '../domain/ids.ts';
import { Base64Url } from '../wire/bytes.ts';
import { Organisation } from './organisation.ts';

export const CarePlanView = z
  .object({
    carePlan: CarePlanId,
    edition: z.int().min(1).describe('Counts each time it is drafted anew'),
    state: CarePlanState,
    form: PlanForm,
    lacking: z.array(Lacking).readonly(),
    signedBy: z.string().optional(),
    signedAt: z.iso.datetime().optional(),
    units: z
      .array(
        z
          .object({
            unit: UnitId,
            place: z.string().max(40).optional(),
            unitKey: Base64Url.length(43),
            plan: PlanId.describe('Of the plan that is to be signed, or has been'),
            version: z.int().min(1),
            has: z.enum(['nothing', 'sent', 'taken', 'refused']),
            why: z.string().max(40).optional().describe('Why the unit has refused it'),
          })
          .readonly(),
      )
      .readonly()
      .describe('One plan for each unit of the home: what is signed is made of the form, by `planOfForm`'),
  })
  .readonly();
export type CarePlanView = z.infer<typeof CarePlanView>;

export const Halt = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('stopped'), at: z.iso.datetime(), by: z.string() }).readonly(),
    z.object({ type: z.literal('paused'), from: z.iso.datetime(), until: z.iso.datetime(), by: z.string() }).readonly(),
  ])
  .describe('stopped: a consent was taken back, until a new plan is signed');
export type Halt = z.infer<typeof Halt>;

export const ClientView = z
  .object({
    client: ClientId,
    alias: ClientAlias,
    organisation: Organisation,
    state: z.enum(['enrolled', 'ended']),
    personal: PersonalDetails,
    decision: Decision.optional(),
    consents: z.array(ConsentRecord).readonly(),
    halt: Halt.optional(),
    plan: CarePlanView.optional().describe('The newest edition'),
    inForce: z
      .object({ edition: z.int().min(1), until: z.iso.date() })
      .readonly()
      .optional()
      .describe('The edition that governs now, where it is another than the newest'),
  })
  .readonly();
export type ClientView = z.infer<typeof ClientView>;

/** In a list: no more than is needed to find somebody. */
export const ClientEntry = z
  .object({
    client: ClientId,
    alias: ClientAlias,
    name: z.string(),
    state: z.enum(['enrolled', 'ended']),
    plan: CarePlanState.optional(),
    lacking: z.int().min(0),
    until: z.iso.date().optional().describe('The last day of the plan'),
    halt: Halt.optional(),
  })
  .readonly();
export type ClientEntry = z.infer<typeof ClientEntry>;
