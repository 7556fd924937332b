/** Pure. relay > console: which software there is to give out, how far each has come, and which group each unit belongs to. */
import { z } from 'zod';
import { ClientAlias, UnitId } from '../domain/ids.ts';

/** In their order: what is not well in one never reaches the next. */
export const UpdateGroup = z.enum(['bench', 'pilot', 'rest']);
export type UpdateGroup = z.infer<typeof UpdateGroup>;

export const RolloutView = z
  .object({
    version: z.string().max(40),
    bytes: z.int(),
    state: z
      .enum(['ready', 'going', 'stopped', 'halted', 'done'])
      .describe('stopped: by a person; halted: by itself, because too many did not work'),
    by: z.string().optional().describe('Who has begun or stopped it last'),
    group: UpdateGroup.optional().describe('That it has come to'),
    nextAt: z.iso.datetime().optional().describe('Before this no unit of the next group gets it'),
    groups: z
      .array(
        z
          .object({
            group: UpdateGroup,
            all: z.int().min(0),
            well: z.int().min(0).describe('That run it, or something newer'),
            underWay: z.int().min(0),
            failed: z.int().min(0).describe('Went back, refused it, or were not heard of again'),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type RolloutView = z.infer<typeof RolloutView>;

export const Updates = z
  .object({
    soakHours: z.number().describe('So long a group must have been well before the next begins'),
    rollouts: z.array(RolloutView).readonly().describe('Newest first'),
    units: z
      .array(
        z
          .object({
            unit: UnitId,
            client: ClientAlias,
            agent: z.string().optional(),
            group: UpdateGroup,
            state: z.string().max(20).optional().describe('Of the newest that was given to it'),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type Updates = z.infer<typeof Updates>;
