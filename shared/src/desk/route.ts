/** Pure. One line of the table of the API. */
import { z } from 'zod';
import type { Action } from './permissions.ts';

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly params: z.ZodType;
  readonly body: z.ZodType;
  readonly answer: z.ZodType;
  /** In `permissions.ts`; undefined: without a session. */
  readonly action: Action | undefined;
}

/** No params, no body, or an answer without words. */
export const none = z.object({}).readonly();
