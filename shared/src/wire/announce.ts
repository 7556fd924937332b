/** Pure. Message unit > relay, retained: the unit is here; its last will: the unit is gone. */
import { z } from 'zod';
import { HaltId } from '../domain/ids.ts';
import { mostHalts } from './halt-letter.ts';

export const Announce = z
  .object({
    state: z.enum(['here', 'gone']).describe('gone: said by the broker as the last will'),
    agent: z.string().max(40).describe("Version of the unit's program"),
    models: z.array(z.string().max(64)).max(8).readonly().describe('Names and versions of the models that look'),
    plan: z.object({ id: z.uuid(), version: z.int() }).readonly().optional().describe('The plan in force, if any'),
    connection: z
      .uuid()
      .optional()
      .describe('Of this connection alone: a «gone» of an older one than the last that was «here» says nothing'),
    run: z.uuid().optional().describe("Of this run of the unit's program: two runs that take turns are two units"),
    halts: z
      .array(HaltId)
      .max(mostHalts)
      .readonly()
      .optional()
      .describe(
        'The stops and pauses that it has; absent: it is older than they are, and cannot be stopped by the relay',
      ),
    room: z.object({ version: z.int() }).readonly().optional().describe('The confirmed room in use, if any'),
  })
  .readonly();
export type Announce = z.infer<typeof Announce>;
