/** Pure. What staff may be. */
import { z } from 'zod';

export const Role = z.enum(['operator', 'coordinator']);
export type Role = z.infer<typeof Role>;
