/** Pure. relay > console: how the relay itself is. What a console shows in red is decided by this. */
import { z } from 'zod';
import { Organisation } from './organisation.ts';

export const RelayView = z
  .object({
    /** Nothing can be saved: who is called by telephone is not forgotten. `words`: for whoever looks after the machine. */
    cannotSave: z
      .object({
        since: z.iso.datetime(),
        words: z.string().max(400),
        why: z
          .string()
          .max(40)
          .optional()
          .describe('full, read-only, no-answer, no-database, damaged, held, not-opened: said in the language of the screen'),
      })
      .readonly()
      .optional(),
    /** The wall clock was set by so many seconds (negative: back): times shown before may be wrong by that. */
    clockSet: z.object({ at: z.iso.datetime(), bySeconds: z.int() }).readonly().optional(),
    receiversSilent: z
      .array(z.object({ name: z.string().max(60), organisation: Organisation, since: z.iso.datetime() }).readonly())
      .readonly()
      .optional()
      .describe('Alarm receiving centres that take nothing: whoever answers alarms here is alone with them'),
    /** Nobody was heard and nothing was counted for so many seconds, until then. */
    stoodStill: z
      .object({ at: z.iso.datetime(), seconds: z.int().min(0) })
      .readonly()
      .optional(),
  })
  .readonly();
export type RelayView = z.infer<typeof RelayView>;
