/** Pure. relay > unit: whether the relay can keep what it is told; a unit whose words are not acknowledged hears why. */
import { z } from 'zod';

export const RelayState = z.discriminatedUnion('type', [
  z
    .object({ type: z.literal('saves') })
    .readonly()
    .describe('What is told is kept and acknowledged'),
  z
    .object({
      type: z.literal('cannot-save'),
      since: z.iso.datetime().describe("By the relay's clock"),
      words: z.string().max(300).describe('Why, for whoever looks after the relay'),
    })
    .readonly()
    .describe('Nothing is acknowledged: the unit keeps it, and says it again'),
]);
export type RelayState = z.infer<typeof RelayState>;
