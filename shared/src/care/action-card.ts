/** Pure. What is done at an alarm of one kind: who is told first, who next, and what needs no computer. */
import { z } from 'zod';
import { TeamId } from '../domain/ids.ts';

/** As it is dialled: digits, spaces and hyphens, perhaps a «+» in front. */
export const Telephone = z
  .string()
  .trim()
  .regex(/^\+?[0-9][0-9 -]{3,24}$/, 'a telephone number such as 070-123 45 67');
export type Telephone = z.infer<typeof Telephone>;

export const ActionStep = z
  .strictObject({
    to: z.union([TeamId, z.literal('everybody')]).describe('Who is told'),
    withinMinutes: z.number().min(0.05).max(60).describe('Nobody has taken it by then: the next in line is told too'),
  })
  .readonly();
export type ActionStep = z.infer<typeof ActionStep>;

/** Without one for each event that it has, no plan is complete (a routine for what is done at an alarm). */
export const ActionCard = z
  .strictObject({
    steps: z.array(ActionStep).min(1).max(5).readonly().describe('In this order'),
    words: z.string().trim().max(500).optional().describe('What to think of in this home: no name, no address'),
    fallback: z
      .strictObject({ telephone: Telephone, words: z.string().trim().min(1).max(200) })
      .readonly()
      .describe('What is left when nobody has taken it, or no computer works'),
  })
  .readonly();
export type ActionCard = z.infer<typeof ActionCard>;
