/** Pure. Notice of the person's legibility, sealed beside the pictures, at each change. A viewer that does not know it ignores it. */
import { z } from 'zod';
import { HardToSee } from '../domain/look.ts';
import { Mode } from '../domain/plan.ts';

export const LegibilityNotice = z.discriminatedUnion('type', [
  /** `offers`: the plan's other modes. */
  z.object({ type: z.literal('hard-to-see'), why: HardToSee, offers: z.array(Mode).max(4).readonly() }).readonly(),
  z.object({ type: z.literal('legible') }).readonly(),
]);
export type LegibilityNotice = z.infer<typeof LegibilityNotice>;
