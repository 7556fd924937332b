/** Pure. relay > console: how the relay itself is. What a console shows in red is decided by this. */
import { z } from 'zod';
import { Organisation } from './organisation.ts';

/** What is wrong with one of several nodes: `gone` is not heard of; the others say so themselves. */
export const NodeTrouble = z.enum(['gone', 'no-bus', 'no-database', 'no-way', 'clock']);
export type NodeTrouble = z.infer<typeof NodeTrouble>;

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
          .describe(
            'full, read-only, no-answer, no-database, damaged, held, not-opened: said in the language of the screen',
          ),
      })
      .readonly()
      .optional(),
    /** The wall clock was set by so many seconds (negative: back): times shown before may be wrong by that. */
    clockSet: z.object({ at: z.iso.datetime(), bySeconds: z.int() }).readonly().optional(),
    nodesUnwell: z
      .array(
        z
          .object({
            node: z.string().max(64),
            why: NodeTrouble.describe(
              'gone: not heard of; no-bus: without NATS; no-database: without PostgreSQL; no-way: cannot carry requests to the main node; clock: its clock is off',
            ),
            since: z.iso.datetime(),
          })
          .readonly(),
      )
      .readonly()
      .optional()
      .describe('Of several nodes, those that are not well while the relay goes on without them'),
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
