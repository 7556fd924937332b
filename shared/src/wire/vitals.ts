/** Pure. unit > relay, every 30 s: how the unit is. Its absence for 90 s is an alarm of the relay's own. */
import { z } from 'zod';
import { HardToSee } from '../domain/look.ts';
import { RoomDrift } from '../domain/room-drift.ts';

export const Vitals = z
  .object({
    uptimeSeconds: z.number().min(0),
    camera: z.enum(['connected', 'connecting', 'lost', 'resting']),
    /** A code from the table of faults, when the camera is lost. */
    cameraFault: z.string().max(40).optional(),
    /** Pictures come, but nobody could be found in them: why. */
    cannotSee: z.enum(['covered', 'dark', 'glare', 'frozen', 'moved']).optional(),
    picturesPerSecond: z.number().min(0),
    analysedPerSecond: z.number().min(0),
    droppedPictures: z.int().min(0),
    outboxDepth: z.int().min(0),
    /** It could not write when it last had to: no look opens without its line, and an alarm is told only once there is room. */
    diskFull: z.boolean().optional(),
    memoryMegabytes: z.number().min(0),
    lookOpen: z.boolean(),
    /** Since the start: pictures shown with a person in them, those in which the person was hard to make out, and why of late. */
    legibility: z
      .object({ pictures: z.int().min(0), hard: z.int().min(0), why: HardToSee.optional() })
      .readonly()
      .optional(),
    /** How the room differs from the one that was confirmed, where it does: detection is weaker until it is confirmed anew. */
    roomChanged: z.array(RoomDrift).max(8).readonly().optional(),
  })
  .readonly();
export type Vitals = z.infer<typeof Vitals>;
