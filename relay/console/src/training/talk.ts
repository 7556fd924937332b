/** Pure. What a console that is trained with tells the page around it: which step has been done, and what was missed. */
import { ExerciseName } from '@nattfrid/shared/desk/exercise-routes';
import { z } from 'zod';

export const Told = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('step'), exercise: ExerciseName, step: z.string().max(40) }).readonly(),
    /** What was done would have left somebody without help. */
    z.object({ type: z.literal('missed'), exercise: ExerciseName }).readonly(),
  ])
  .readonly();
export type Told = z.infer<typeof Told>;
