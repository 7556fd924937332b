/** Pure. The part of the API that municipality's documents are made of: who answers for it, how long things are kept, how many homes. */
import { z } from 'zod';
import { Telephone } from '../care/action-card.ts';
import { none, type Route } from './route.ts';

/** Whom a client, a relative or a visitor asks; stands on the sign in the home. */
export const Contact = z
  .strictObject({
    controller: z.string().trim().min(1).max(120).describe('Who answers for the data: the board of the municipality'),
    telephone: Telephone,
    email: z.email().max(120),
    dataProtectionOfficer: z.email().max(120),
    page: z.url().max(200).optional().describe('Where there is more to read'),
  })
  .readonly();
export type Contact = z.infer<typeof Contact>;

export const DocumentFacts = z
  .object({
    organisation: z.string(),
    contact: Contact.optional().describe('Absent: nobody has filled it in yet'),
    version: z.string().describe('Of the relay'),
    keepDays: z.object({ done: z.int(), received: z.int(), sessions: z.int() }).readonly(),
    homes: z.int().min(0),
    units: z.int().min(0),
    modes: z.array(z.string()).readonly().describe('Agreed in plans that are held'),
    alarms: z.array(z.string()).readonly().describe('Agreed in plans that are held'),
  })
  .readonly();
export type DocumentFacts = z.infer<typeof DocumentFacts>;

export const documentRoutes = {
  documentFacts: {
    method: 'GET',
    path: '/api/documents/facts',
    params: none,
    body: none,
    answer: DocumentFacts,
    action: 'write-documents',
  },
  setContact: {
    method: 'POST',
    path: '/api/documents/contact',
    params: none,
    body: Contact,
    answer: DocumentFacts,
    action: 'write-documents',
  },
} as const satisfies Record<string, Route>;
