/** Pure. How a room now differs from the room that was confirmed: detection goes on, but weaker, until it is confirmed anew. */
import { z } from 'zod';

const percent = z.number().min(-100).max(100);

export const RoomDrift = z.discriminatedUnion('type', [
  /** The picture shows the room from elsewhere: by so much of its width (positive: to the right) and height (downwards). */
  z.object({ type: z.literal('camera-moved'), acrossPercent: percent, downPercent: percent }).readonly(),
  /** `bed`: which of the confirmed beds, from 0; by so much of the picture's width. */
  z.object({ type: z.literal('bed-moved'), bed: z.int().min(0).max(3), byPercent: percent }).readonly(),
  z.object({ type: z.literal('bed-gone'), bed: z.int().min(0).max(3) }).readonly(),
]);
export type RoomDrift = z.infer<typeof RoomDrift>;
