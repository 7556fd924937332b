/** Pure. A client as staff who decide and plan know them. None of it but the alias is ever told to a unit. */
import { z } from 'zod';
import { Telephone } from './action-card.ts';
import { PersonalNumber } from './personal-number.ts';

const line = (longest: number) => z.string().trim().min(1).max(longest);

/** Kept sealed under a key that is not in the database. */
export const PersonalDetails = z
  .strictObject({
    name: line(80),
    personalNumber: PersonalNumber.optional(),
    address: line(160).describe('Street, number, postcode and town, as a car needs it'),
    telephone: Telephone.optional(),
    keyInformation: line(300).optional().describe('How somebody comes in: door code, key box, where the key hangs'),
    travelMinutes: z.number().min(0).max(240).optional().describe('One way, for whoever goes there'),
    travelKilometres: z.number().min(0).max(400).optional().describe('One way'),
    relatives: z
      .array(z.strictObject({ name: line(80), relation: line(40), telephone: Telephone }).readonly())
      .max(5)
      .readonly()
      .optional(),
  })
  .readonly();
export type PersonalDetails = z.infer<typeof PersonalDetails>;

/** What somebody who goes there needs, and nothing else. */
export const VisitCard = PersonalDetails.unwrap()
  .pick({ name: true, address: true, telephone: true, keyInformation: true, relatives: true })
  .readonly();
export type VisitCard = z.infer<typeof VisitCard>;
