/** Pure. relay > unit: a signed plan; unit > relay: taken, or refused and why. */
import { z } from 'zod';
import { PlanId } from '../domain/ids.ts';
import { Base64Url } from './bytes.ts';
import { SignerLetter, SuccessorLetter } from './signer-letter.ts';

/**
 * The plan's JSON as the very bytes that were signed (Ed25519, behind the words that say it is a plan: `seal/sign.ts`), by the
 * municipality's key or one that it has signed for; the relay has neither.
 */
export const PlanLetter = z
  .object({
    body: Base64Url.describe('The JSON of a Plan, as the very bytes that were signed'),
    signature: Base64Url.length(86).describe(
      "Ed25519, by the municipality's key, or by the signer's where there is one",
    ),
    signer: SignerLetter.optional().describe(
      "The municipality's word for the key that has signed; absent: its own key",
    ),
    successors: z
      .array(SuccessorLetter)
      .max(8)
      .readonly()
      .optional()
      .describe("Which keys took the place of the municipality's, oldest first, for a unit that knows an older one"),
  })
  .readonly();
export type PlanLetter = z.infer<typeof PlanLetter>;

export const PlanAnswer = z.discriminatedUnion('type', [
  z
    .object({ type: z.literal('taken'), plan: PlanId, version: z.int() })
    .readonly()
    .describe('On the disk; in force when its time comes'),
  z
    .object({
      type: z.literal('refused'),
      why: z.enum([
        'signature-wrong',
        'not-a-plan',
        'other-unit',
        'other-client',
        'older-than-mine',
        'consent-missing',
        'expired',
      ]),
    })
    .readonly()
    .describe('The plan before stays'),
]);
export type PlanAnswer = z.infer<typeof PlanAnswer>;
