/**
 * Pure. relay > unit: stop, or pause, or the pause is over; unit > relay: taken, or refused and why. None is signed: a halt can only
 * take away, and what ends a stop is a plan that the municipality has signed.
 */
import { z } from 'zod';
import { HaltId } from '../domain/ids.ts';

/** Why a unit is stopped. */
export const WhyStopped = z.enum(['consent-withdrawn', 'plan-ended', 'client-ended']);
export type WhyStopped = z.infer<typeof WhyStopped>;

/** A client may rest from it for a holiday; whoever wants longer ends the plan. */
export const longestPauseDays = 14;

/** So many ids of halts may be told of at once. */
export const mostHalts = 16;

const halt = HaltId.describe('Made by the relay; the same each time that it is said');

export const HaltLetter = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('stop'),
      halt,
      at: z.iso.datetime().describe("By the relay's clock"),
      planVersion: z
        .int()
        .min(0)
        // Below the highest that a plan can have: a municipality can always sign one that is above it.
        .max(2 ** 31 - 1)
        .describe('No plan of this version or of a lower one counts any more, whenever it comes'),
      why: WhyStopped.describe('For the log, and for whoever asks for a look'),
    })
    .readonly()
    .describe('Until a plan of a higher version comes that the municipality has signed'),
  z
    .object({
      type: z.literal('pause'),
      halt,
      at: z.iso.datetime().describe("By the relay's clock"),
      from: z.iso.datetime().describe("By the unit's clock"),
      until: z.iso.datetime().describe(`By the unit's clock; at most ${longestPauseDays} days after \`from\``),
    })
    .readonly()
    .describe('The unit rests meanwhile, and goes on by itself'),
  z
    .object({
      type: z.literal('pause-over'),
      halt: HaltId.describe('The pause that is over sooner'),
      at: z.iso.datetime().describe("By the relay's clock"),
    })
    .readonly()
    .describe('Ends that pause, and never a stop'),
]);
export type HaltLetter = z.infer<typeof HaltLetter>;

export const HaltAnswer = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('taken'),
      halt,
      letter: z.enum(['stop', 'pause', 'pause-over']).describe('Which letter it is about'),
    })
    .readonly()
    .describe('On the disk and obeyed'),
  z
    .object({
      type: z.literal('refused'),
      halt,
      why: z
        .enum(['newer-plan', 'too-long', 'not-sane', 'too-many'])
        .catch('not-sane')
        .describe('newer-plan: the plan that it has is newer than the one that is to be stopped'),
      version: z.int().optional().describe('Of the newest plan that it has'),
    })
    .readonly()
    .describe('All is as it was'),
]);
export type HaltAnswer = z.infer<typeof HaltAnswer>;
