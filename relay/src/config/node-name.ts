/** Pure. What one node of several is called. */
import { z } from 'zod';

export const NodeName = z.string().regex(/^[a-z0-9-]{1,40}$/, 'small letters, digits and hyphens, at most 40');
