/** Pure. Whose people, units and clients they are: a municipality, or an operator whom municipalities have asked. */
import { z } from 'zod';

/** Small letters, digits and hyphens; of a municipality the name that its key has in the relay's `planKeys`. */
export const Organisation = z.string().regex(/^[a-z0-9-]{1,40}$/, 'small letters, digits and hyphens, at most 40');
export type Organisation = z.infer<typeof Organisation>;

/** That of a relay which knows of no other. */
export const firstOrganisation: Organisation = 'own';
