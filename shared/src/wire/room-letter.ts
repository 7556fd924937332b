/** Pure. relay > unit: the room that a person has confirmed; unit > relay: in use, or refused and why. */
import { z } from 'zod';
import { OperatorAlias } from '../domain/ids.ts';
import { Room } from '../domain/room.ts';
import { RoomProof } from './console-proof.ts';

export const RoomLetter = z
  .object({
    version: z.int().min(1).describe('Counts up for each unit; a unit never takes a lower one than it has'),
    room: Room,
    confirmedBy: OperatorAlias.describe('Who has confirmed it'),
    confirmedAt: z.iso.datetime().describe("By the relay's clock"),
    console: RoomProof.optional().describe(
      "By the first person's console; a unit that has taken a signed one takes no other",
    ),
    second: z
      .object({ by: OperatorAlias, console: RoomProof.optional().describe("By this person's console") })
      .readonly()
      .optional()
      .describe('Who has said yes to it as well, where it takes much away'),
  })
  .readonly();
export type RoomLetter = z.infer<typeof RoomLetter>;

export const RoomRefusal = z.enum([
  'not-sane',
  'older-than-mine',
  'other-of-same-version',
  'not-signed',
  'older-proof',
  'second-missing',
  'console-unknown',
  'console-proof-wrong',
  'key-changed',
]);
export type RoomRefusal = z.infer<typeof RoomRefusal>;

export const RoomAnswer = z.discriminatedUnion('type', [
  z
    .object({ type: z.literal('in-use'), version: z.int(), since: z.iso.datetime().describe("By the unit's clock") })
    .readonly()
    .describe('On the disk and used'),
  z
    .object({ type: z.literal('refused'), version: z.int(), why: RoomRefusal })
    .readonly()
    .describe('The room before stays'),
]);
export type RoomAnswer = z.infer<typeof RoomAnswer>;
