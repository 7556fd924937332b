/** Pure. Where a unit's access log ends: the number of its last line, and that line's hash, to be kept somewhere else. */
import { z } from 'zod';

export const AccessHead = z
  .object({
    line: z.int().min(0).describe('Number of the last line; 0: nothing has ever been written'),
    hash: z.string().max(64).describe('Of that line, over all before it'),
  })
  .readonly();
export type AccessHead = z.infer<typeof AccessHead>;
