/** Pure. Why something could not be sent to another system, as a word that each screen says in its language. */
import { z } from 'zod';

export const WhyNotSent = z.enum([
  'not-https',
  'with-login',
  'not-public',
  'no-answer',
  'name-unknown',
  'refused',
  'unreachable',
  'not-trusted',
  'dropped',
]);
export type WhyNotSent = z.infer<typeof WhyNotSent>;
