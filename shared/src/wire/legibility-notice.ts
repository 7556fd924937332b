/** Pure. Sealed beside the pictures, when it changes: how the person in them can be made out. Whoever does not know it passes over it. */
import { z } from 'zod';
import { HardToSee } from '../domain/look.ts';
import { Mode } from '../domain/plan.ts';

export const LegibilityNotice = z.discriminatedUnion('type', [
  /** `offers`: how else the plan lets the person be shown. */
  z.object({ type: z.literal('hard-to-see'), why: HardToSee, offers: z.array(Mode).max(4).readonly() }).readonly(),
  z.object({ type: z.literal('legible') }).readonly(),
]);
export type LegibilityNotice = z.infer<typeof LegibilityNotice>;
