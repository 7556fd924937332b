/** Pure. relay > console: one surveillance in the register that kamerabevakningslagen (2018:1200) wants; nobody is named in it. */
import { z } from 'zod';
import { ClientAlias, UnitId } from '../domain/ids.ts';
import { Organisation } from './organisation.ts';

export const RegisterEntry = z
  .object({
    organisation: Organisation.describe('The controller'),
    alias: ClientAlias,
    reference: z.string().describe('Of the decision'),
    edition: z.int().min(1),
    purpose: z.enum(['looks-only', 'looks-and-events', 'erased']),
    units: z.array(UnitId).readonly(),
    places: z.array(z.string()).readonly(),
    begun: z.iso.datetime(),
    ended: z.iso.datetime().optional().describe('Absent: ongoing'),
    why: z.string().max(40).optional().describe('Why it ended'),
  })
  .readonly();
export type RegisterEntry = z.infer<typeof RegisterEntry>;
