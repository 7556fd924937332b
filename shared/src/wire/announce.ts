/** Pure. Message unit > relay, retained: the unit is here; its last will: the unit is gone. */
import { z } from 'zod';

export const Announce = z
  .object({
    state: z.enum(['here', 'gone']),
    agent: z.string().max(40),
    models: z.array(z.string().max(64)).max(8).readonly(),
    /** The plan in force, if any. */
    plan: z.object({ id: z.uuid(), version: z.int() }).readonly().optional(),
    /** The confirmed room in use, if any. */
    room: z.object({ version: z.int() }).readonly().optional(),
  })
  .readonly();
export type Announce = z.infer<typeof Announce>;
