/** Pure. unit > relay, every 30 s: how the unit is. Its absence for 90 s is an alarm of the relay's own. */
import { z } from 'zod';

export const Vitals = z
  .object({
    uptimeSeconds: z.number().min(0),
    camera: z.enum(['connected', 'connecting', 'lost', 'resting']),
    /** A code from the table of faults, when the camera is lost. */
    cameraFault: z.string().max(40).optional(),
    picturesPerSecond: z.number().min(0),
    analysedPerSecond: z.number().min(0),
    droppedPictures: z.int().min(0),
    outboxDepth: z.int().min(0),
    memoryMegabytes: z.number().min(0),
    lookOpen: z.boolean(),
  })
  .readonly();
export type Vitals = z.infer<typeof Vitals>;
