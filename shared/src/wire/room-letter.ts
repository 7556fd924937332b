/** Pure. Messages of a room. relay > unit: the confirmed room; unit > relay: in use, or refused and why. */
import { z } from 'zod';
import { OperatorAlias } from '../domain/ids.ts';
import { Room } from '../domain/room.ts';

export const RoomLetter = z
  .object({
    /** Counts up for each unit; a unit takes no lower version than it has. */
    version: z.int().min(1),
    room: Room,
    confirmedBy: OperatorAlias,
    confirmedAt: z.iso.datetime(),
  })
  .readonly();
export type RoomLetter = z.infer<typeof RoomLetter>;

export const RoomRefusal = z.enum(['not-sane', 'older-than-mine', 'other-of-same-version']);
export type RoomRefusal = z.infer<typeof RoomRefusal>;

export const RoomAnswer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('in-use'), version: z.int(), since: z.iso.datetime() }).readonly(),
  z.object({ type: z.literal('refused'), version: z.int(), why: RoomRefusal }).readonly(),
]);
export type RoomAnswer = z.infer<typeof RoomAnswer>;
