/** Pure. A few questions to those who are concerned, answered now and then: what figures of looks and alarms cannot tell. */
import { z } from 'zod';
import { ClientAlias } from '../domain/ids.ts';

/** Who answers > what they are asked, each from 1 (not at all) to 5 (very much). Nothing of it is inferred from a picture. */
export const questions = {
  client: ['slept-undisturbed', 'woken-tonight', 'feels-safe', 'rested-in-the-morning'],
  relative: ['feels-safe', 'well-informed'],
  'home-care': ['works-by-day', 'well-informed'],
  'night-patrol': ['helps-in-work', 'sees-clearly', 'trusts-alarms'],
  'case-officer': ['suits-the-client', 'easy-to-order'],
} as const;
export const Answerer = z.enum(['client', 'relative', 'home-care', 'night-patrol', 'case-officer']);
export type Answerer = z.infer<typeof Answerer>;

const Score = z.int().min(1).max(5);

export const QuestionnaireAnswer = z
  .strictObject({
    who: Answerer,
    client: ClientAlias.optional().describe('Where it is about one client'),
    scores: z.record(z.string().max(40), Score),
    words: z.string().trim().max(500).optional(),
  })
  .readonly()
  .refine(
    ({ who, scores }) => Object.keys(scores).every((one) => (questions[who] as readonly string[]).includes(one)),
    {
      path: ['scores'],
      error: 'answers to questions that are asked of this one',
    },
  );
export type QuestionnaireAnswer = z.infer<typeof QuestionnaireAnswer>;

export const QuestionFigures = z
  .object({ who: Answerer, question: z.string(), answers: z.int().min(1), mean: z.number().min(1).max(5) })
  .readonly();
export type QuestionFigures = z.infer<typeof QuestionFigures>;
