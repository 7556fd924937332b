/** Pure. A consent as it was given, and taken back. Lag (2001:454) 9 §: without each of them nobody is watched. */
import { z } from 'zod';
import { ConsentId } from '../domain/ids.ts';

/** The three of the form; or the declaration that nobody else lives there. */
export const ConsentWhat = z.enum(['technology', 'supervision', 'cohabitant', 'lives-alone']);
export type ConsentWhat = z.infer<typeof ConsentWhat>;

const who = z.string().trim().min(1).max(80);

export const ConsentGiver = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('self') }).readonly(),
  z
    .strictObject({ type: z.literal('god-man'), name: who, scope: who.describe('What the appointment is for') })
    .readonly(),
  z
    .strictObject({ type: z.literal('forvaltare'), name: who, scope: who.describe('What the appointment is for') })
    .readonly(),
]);
export type ConsentGiver = z.infer<typeof ConsentGiver>;

export const GivenConsent = z
  .strictObject({
    what: ConsentWhat,
    by: ConsentGiver,
    cohabitant: who.optional().describe('Of a cohabitant: who'),
    how: z.enum(['in-writing', 'spoken']),
    on: z.iso.date(),
    doesNotObjectOn: z.iso.date().optional().describe('The client was seen not to object, where somebody else gave it'),
    folderVersion: z.string().trim().min(1).max(40).describe('Of the information folder that was handed over'),
    document: z
      .strictObject({
        reference: z.string().trim().min(1).max(80).describe('Where the signed paper lies, in the case file'),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')
          .optional(),
      })
      .readonly()
      .optional(),
  })
  .readonly()
  .refine(({ what, cohabitant }) => (what === 'cohabitant') === (cohabitant !== undefined), {
    path: ['cohabitant'],
    error: 'who lives there as well, and only for that consent',
  })
  .refine(({ by, doesNotObjectOn }) => by.type === 'self' || doesNotObjectOn !== undefined, {
    path: ['doesNotObjectOn'],
    error: 'the day on which the client was seen not to object: without it nobody else can consent',
  });
export type GivenConsent = z.infer<typeof GivenConsent>;

export const Withdrawn = z
  .object({
    at: z.iso.datetime(),
    by: z.string().describe('Who of the staff heard it'),
    saidBy: z.enum(['client', 'representative', 'cohabitant', 'objects']).describe('objects: the client shows it'),
    words: z.string().trim().max(300).optional(),
  })
  .readonly();
export type Withdrawn = z.infer<typeof Withdrawn>;

export const ConsentRecord = z
  .object({
    consent: ConsentId,
    given: GivenConsent,
    recordedBy: z.string(),
    recordedAt: z.iso.datetime(),
    withdrawn: Withdrawn.optional(),
  })
  .readonly();
export type ConsentRecord = z.infer<typeof ConsentRecord>;
