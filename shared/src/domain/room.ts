/** Pure. What is known of a room in one camera's picture: where beds, exits and the floor are. */
import { z } from 'zod';
import { Polygon } from './geometry.ts';

export const Room = z
  .object({
    beds: z.array(Polygon).max(4).readonly().describe('Where somebody sleeps'),
    exits: z.array(Polygon).max(8).readonly().describe('Where somebody leaves the room'),
    bathroomExits: z
      .array(Polygon)
      .max(4)
      .readonly()
      .optional()
      .describe(
        'Exits of their own beside those: to a bathroom, where many fall and no camera looks; another time may be agreed there',
      ),
    floor: Polygon.optional().describe('Where a body can lie on the floor; unknown: everywhere that is not a bed'),
    masks: z
      .array(Polygon)
      .max(8)
      .readonly()
      .default([])
      .describe("Never shown, in no mode, and not looked at: a bathroom door, a neighbour's window"),
  })
  .readonly();
export type Room = z.infer<typeof Room>;

/** A room of which nothing has been confirmed yet. */
export const unknownRoom: Room = { beds: [], exits: [], masks: [] };
