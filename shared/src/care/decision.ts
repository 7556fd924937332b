/**
 * Pure. Why a client is looked in on: a decision after a needs assessment, or an intervention without one
 * (socialtjänstlagen 2025:400, 11 kap.).
 */
import { z } from 'zod';

/** For whom digital supervision suits, as municipalities have chosen. */
export const Suitability = z
  .strictObject({
    hasPlannedVisitsAtNight: z.boolean(),
    wakesEasily: z.boolean(),
    needsNoMedicalCareAtNight: z.boolean(),
    needsNoOtherHelpAtNight: z.boolean(),
    isFarAway: z.boolean(),
    words: z.string().trim().max(500).optional(),
  })
  .readonly();
export type Suitability = z.infer<typeof Suitability>;

export const Decision = z
  .strictObject({
    kind: z.enum(['granted', 'without-needs-test']),
    reference: z.string().trim().min(1).max(60).describe('Of the case, or of the intervention without a needs test'),
    decidedOn: z.iso.date(),
    from: z.iso.date(),
    until: z.iso.date().optional().describe('The last day; absent: until further notice'),
    by: z.string().trim().min(1).max(80).describe('Who has decided, and in which office'),
    mostLooksADay: z.int().min(1).max(24).optional().describe('What the plan may not go beyond'),
    protectiveMeasure: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .optional()
      .describe('Reference of the inquiry, where it is one'),
    suitability: Suitability.optional(),
  })
  .readonly()
  .refine(({ from, until }) => until === undefined || until >= from, {
    path: ['until'],
    error: 'a last day that is not before the first',
  });
export type Decision = z.infer<typeof Decision>;
