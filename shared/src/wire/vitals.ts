/** Pure. Message unit > relay, every 30 s: the unit's vitals. Their absence for 90 s is an alarm of the relay's own. */
import { z } from 'zod';
import { HardToSee } from '../domain/look.ts';
import { RoomDrift } from '../domain/room-drift.ts';

export const Vitals = z
  .object({
    uptimeSeconds: z.number().min(0),
    camera: z.enum(['connected', 'connecting', 'lost', 'resting']),
    /** Fault code of a lost camera. */
    cameraFault: z.string().max(40).optional(),
    /** Why nobody can be found in the pictures. */
    cannotSee: z.enum(['covered', 'dark', 'glare', 'frozen', 'moved']).optional(),
    picturesPerSecond: z.number().min(0),
    analysedPerSecond: z.number().min(0),
    droppedPictures: z.int().min(0),
    outboxDepth: z.int().min(0),
    /** The last write failed: no look opens without its access line, and an alarm is told only once there is space. */
    diskFull: z.boolean().optional(),
    memoryMegabytes: z.number().min(0),
    lookOpen: z.boolean(),
    /** Since the start: pictures shown with a person, those of them that were hard to see, and why of late. */
    legibility: z
      .object({ pictures: z.int().min(0), hard: z.int().min(0), why: HardToSee.optional() })
      .readonly()
      .optional(),
    /** Drift from the confirmed room: detection is weaker until it is confirmed anew. */
    roomChanged: z.array(RoomDrift).max(8).readonly().optional(),
  })
  .readonly();
export type Vitals = z.infer<typeof Vitals>;
