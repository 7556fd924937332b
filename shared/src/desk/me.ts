/** Pure. relay > console: who is signed in, as they are told themselves. */
import { z } from 'zod';
import { Assurance } from './assurance.ts';
import { Organisation } from './organisation.ts';
import { Role } from './role.ts';

export const Me = z
  .object({
    name: z.string().describe('As it is shown: where two have one name, with what tells them apart'),
    email: z.string(),
    role: Role,
    organisation: Organisation.optional().describe('An older relay tells none'),
    id: z.string().optional().describe('A name may be that of two; an older relay tells none'),
    assurance: Assurance.optional().describe('How sure it is who this is; an older relay tells none'),
    locked: z.literal(true).optional().describe('Nothing else is told until somebody signs in on this computer'),
  })
  .readonly();
export type Me = z.infer<typeof Me>;
