/** Pure. What a unit proposes of its room after watching it for a while: outlines, how sure it is, and the figures behind them. */
import { z } from 'zod';
import { Point } from './geometry.ts';

/** The longest outline that is proposed: more corners than a hand would want to drag are of no use. */
export const mostCorners = 24;

const counted = z.int().min(0).max(1_000_000);
const share = z.number().min(0).max(1);
const proposed = { outline: z.array(Point).min(3).max(mostCorners).readonly(), certainty: share };

export const RoomProposal = z
  .object({
    watchedMinutes: z
      .number()
      .min(0)
      .max(1_000_000)
      .describe('How long the room has been watched for this, as far as anybody looked'),
    aspect: z
      .number()
      .min(0.2)
      .max(5)
      .describe("Width / height of the camera's picture, so that it can be drawn in its true proportions"),
    beds: z
      .array(
        z
          .object({ ...proposed, seen: counted, looked: counted, score: share, restedMinutes: z.number().min(0) })
          .readonly(),
      )
      .max(4)
      .readonly()
      .describe(
        '`seen`: pictures in which the model named a bed here, of `looked` with nobody in front. `restedMinutes`: somebody lay or sat in it.',
      ),
    floor: z
      .object({ ...proposed, steps: counted, walks: counted })
      .readonly()
      .optional()
      .describe(
        '`steps`: places on which somebody upright had their feet. `walks`: how many times somebody was followed there.',
      ),
    exits: z
      .array(z.object({ ...proposed, at: z.enum(['edge', 'inside']), out: counted, in: counted }).readonly())
      .max(8)
      .readonly()
      .describe("Somebody went `out`, or came `in`, here: at the picture's edge, or inside of it, as through a door"),
  })
  .readonly();
export type RoomProposal = z.infer<typeof RoomProposal>;
export type ProposedBed = RoomProposal['beds'][number];
export type ProposedFloor = NonNullable<RoomProposal['floor']>;
export type ProposedExit = RoomProposal['exits'][number];

/** From here on a proposal may be taken as it is; below, the console asks for a second look at it. */
export const sureEnough = 0.6;
