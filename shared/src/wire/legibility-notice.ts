/** Pure. Sealed beside the pictures, when it changes: how the person in them can be made out. Whoever does not know it passes over it. */
import { z } from 'zod';
import { HardToSee } from '../domain/look.ts';
import { Mode } from '../domain/plan.ts';

export const LegibilityNotice = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('hard-to-see'),
      why: HardToSee,
      offers: z.array(Mode).max(4).readonly().describe('How else the plan lets the person be shown'),
    })
    .readonly()
    .describe('The person is hard to make out'),
  z
    .object({ type: z.literal('legible') })
    .readonly()
    .describe('The person can be made out again'),
]);
export type LegibilityNotice = z.infer<typeof LegibilityNotice>;
