/** Pure. relay > console: somebody who may sign in, and where they are signed in. */
import { z } from 'zod';
import { Assurance } from './assurance.ts';
import { Role } from './role.ts';

export const SessionView = z
  .object({
    session: z.string().min(1).max(100),
    since: z.iso.datetime(),
    seenAt: z.iso.datetime().optional().describe('Last heard of; absent: not since it began'),
    device: z.string().max(1000).optional().describe('As its browser names itself (User-Agent)'),
    own: z.boolean().describe('The one that asks'),
    assurance: Assurance.optional().describe('How sure it is who this is; an older relay tells none'),
  })
  .readonly();
export type SessionView = z.infer<typeof SessionView>;

export const PersonView = z
  .object({
    person: z.string().min(1).max(100),
    name: z.string(),
    email: z.string(),
    role: Role,
    passkeys: z.int().min(0).optional().describe('How many; an older relay tells none'),
    hasCodes: z.boolean().optional().describe('With an authenticator app'),
    sessions: z.array(SessionView).readonly().describe('Those that are not over'),
  })
  .readonly();
export type PersonView = z.infer<typeof PersonView>;
