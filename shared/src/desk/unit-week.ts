/** Pure. relay > console: how a unit was in the last seven days, hour by hour: counts, and nothing of what it has seen. */
import { z } from 'zod';

const count = z.int().min(0);

export const UnitHour = z
  .object({
    hour: z.iso.datetime().describe('Its first moment'),
    samples: count.describe('How often the unit was asked after'),
    heard: count.describe('How often it was there'),
    camera: count.describe('Of those: its camera was connected or at rest, and saw'),
    clock: count.describe('Of those: its clock was within 30 s'),
    plan: count.describe('Of those: a plan governed it, or it rested by somebody’s word'),
  })
  .readonly();
export type UnitHour = z.infer<typeof UnitHour>;

export const UnitWeek = z
  .object({ from: z.iso.datetime(), hours: z.array(UnitHour).readonly().describe('Those that are known, in order') })
  .readonly();
export type UnitWeek = z.infer<typeof UnitWeek>;
