/** Pure. What staff may be: one at a time, each with what its work needs (`permissions.ts`). */
import { z } from 'zod';

export const Role = z.enum([
  'operator',
  'coordinator',
  'night-patrol',
  'case-officer',
  'installer',
  'support',
  'statistics',
  'auditor',
  'administrator',
]);
export type Role = z.infer<typeof Role>;
