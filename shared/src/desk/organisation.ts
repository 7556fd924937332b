/** Pure. Whose people, units and clients they are: a municipality, or an operator whom municipalities have asked. */
import { z } from 'zod';

/** Small letters, digits and hyphens; of a municipality the name that its key has in the relay's `planKeys`. */
export const Organisation = z.string().regex(/^[a-z0-9-]{1,40}$/, 'small letters, digits and hyphens, at most 40');
export type Organisation = z.infer<typeof Organisation>;

const training = '+training';

/** Whose training homes are: no organisation's name has a «+», so that no person, receiver or key is ever of it. */
export const trainingOf = (organisation: Organisation): Organisation => `${organisation}${training}`;
export const isTraining = (organisation: string): boolean => organisation.endsWith(training);
/** Whose people train there; of any other organisation itself. */
export const trainerOf = (organisation: Organisation): Organisation =>
  isTraining(organisation) ? organisation.slice(0, -training.length) : organisation;

/** Stands before the alias of each training home, and so wherever a home is named: screens, paper, the audit log. */
export const trainingMark = 'ÖVNING';
export const isTrainingAlias = (alias: string): boolean => alias.startsWith(`${trainingMark} `);

/** That of a relay which knows of no other. */
export const firstOrganisation: Organisation = 'own';
