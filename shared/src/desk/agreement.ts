/** Pure. An agreement (avtal): what a municipality lets another organisation see and do in its homes, and at which hours. */
import { z } from 'zod';
import { WallTime } from '../domain/plan.ts';
import { Organisation } from './organisation.ts';

/** Alarms: seen, taken, looked into, closed. Looks: those at agreed times. Visits: those that somebody must make. */
export const AgreementWhat = z.enum(['alarms', 'looks', 'visits']);
export type AgreementWhat = z.infer<typeof AgreementWhat>;

const Hours = z
  .object({ from: WallTime, to: WallTime })
  .readonly()
  .describe('Each day, by the clock on the wall in Europe/Stockholm; absent: always');

/** What is asked for. */
export const NewAgreement = z
  .object({
    operator: Organisation.describe('Whose people may then see and do it'),
    what: z.array(AgreementWhat).min(1).max(3).readonly(),
    hours: Hours.optional(),
    from: z.iso.datetime(),
    until: z.iso.datetime().optional().describe('Absent: until it is taken back'),
  })
  .readonly();
export type NewAgreement = z.infer<typeof NewAgreement>;

export const Agreement = z
  .object({
    agreement: z.string().min(1).max(40),
    municipality: Organisation.describe('Whose homes they are'),
    ...NewAgreement.unwrap().shape,
    endedAt: z.iso.datetime().optional().describe('Taken back: nothing of it holds any more'),
  })
  .readonly();
export type Agreement = z.infer<typeof Agreement>;

/** An organisation as others see it. */
export const OrganisationView = z
  .object({ organisation: Organisation, name: z.string().max(60), kind: z.enum(['municipality', 'operator']) })
  .readonly();
export type OrganisationView = z.infer<typeof OrganisationView>;
