/** Pure. Messages of a plan. relay > unit: the signed plan; unit > relay: taken, or refused and why. */
import { z } from 'zod';
import { PlanId } from '../domain/ids.ts';
import { Base64Url } from './bytes.ts';

/** The plan's JSON as the very bytes that the municipality signed (Ed25519, see `seal/sign.ts`), with a key that the relay does not have. */
export const PlanLetter = z.object({ body: Base64Url, signature: Base64Url.length(86) }).readonly();
export type PlanLetter = z.infer<typeof PlanLetter>;

export const PlanAnswer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('taken'), plan: PlanId, version: z.int() }).readonly(),
  z
    .object({
      type: z.literal('refused'),
      why: z.enum(['signature-wrong', 'not-a-plan', 'other-unit', 'older-than-mine', 'consent-missing', 'expired']),
    })
    .readonly(),
]);
export type PlanAnswer = z.infer<typeof PlanAnswer>;
