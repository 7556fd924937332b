/** Pure. relay > console: what a unit proposes of its room, what has been confirmed, and whether the unit uses it. */
import { z } from 'zod';
import { Room } from '../domain/room.ts';
import { RoomProposal } from '../domain/room-proposal.ts';
import { RoomRefusal } from '../wire/room-letter.ts';

export const RoomView = z
  .object({
    proposed: z.object({ proposal: RoomProposal, at: z.iso.datetime() }).readonly().optional(),
    confirmed: z
      .object({
        version: z.int(),
        room: Room,
        at: z.iso.datetime(),
        who: z.string(),
        inUseSince: z.iso.datetime().optional().describe("By the unit's clock; absent: not yet"),
        refused: RoomRefusal.optional(),
        coverage: z
          .object({
            what: z.enum(['bed', 'floor']),
            score: z.number().min(0).max(1),
            cut: z.number().min(0).max(1),
            hidden: z.number().min(0).max(1),
          })
          .readonly()
          .optional()
          .describe('How well the agreed place lies in the picture; absent: neither a bed nor a floor is drawn'),
      })
      .readonly()
      .optional(),
    waiting: z
      .object({ version: z.int(), room: Room, at: z.iso.datetime(), who: z.string() })
      .readonly()
      .optional()
      .describe('Confirmed by one person, and not handed to the unit before another has said yes to it'),
  })
  .readonly();
export type RoomView = z.infer<typeof RoomView>;
