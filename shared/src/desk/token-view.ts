/** Pure. A unit's token as a coordinator sees it: whose it is and since when; the token itself is nowhere. */
import { z } from 'zod';
import { UnitId } from '../domain/ids.ts';

export const TokenView = z
  .object({
    unit: UnitId,
    madeAt: z.iso.datetime().optional().describe('Absent where the audit log does not say'),
    madeBy: z.string().optional().describe('As the audit log says; relay: by a command'),
  })
  .readonly();
export type TokenView = z.infer<typeof TokenView>;
