/** Pure. What a unit keeps on its disk of whether it is ready, as JSON. */
import { AlarmId, LookId } from '@nattfrid/shared/domain/ids';
import { instant } from '@nattfrid/shared/time/instant';
import { Proof } from '@nattfrid/shared/wire/service-call';
import { z } from 'zod';
import type { Readiness } from './readiness.ts';

const Moment = z.number().transform(instant);
const Kept = z.discriminatedUnion('name', [
  z.object({
    name: z.literal('setting-up'),
    pairedAt: Moment,
    seen: z.array(Proof),
    boot: z.string().optional(),
    inOrder: z.boolean(),
    look: z.object({ look: LookId, shown: z.boolean() }).optional(),
    fall: AlarmId.optional(),
  }),
  z.object({ name: z.literal('ready'), record: z.string(), at: Moment }),
]);

export const writeReadiness = (state: Readiness): string => JSON.stringify(state);

/** @returns where it cannot be understood, a unit that has seen nothing: it waits, and shows nothing */
export function readReadiness(body: string | undefined): Readiness {
  if (body === undefined) return { name: 'by-hand' };
  try {
    const { data } = Kept.safeParse(JSON.parse(body));
    if (data?.name === 'ready') return data;
    if (data) {
      const { boot, look, fall, ...rest } = data;
      return { ...rest, boot, ...(look && { look }), ...(fall && { fall }) };
    }
  } catch {
    // Broken JSON is read as what it is worth: nothing.
  }
  return { name: 'setting-up', pairedAt: instant(0), seen: [], boot: undefined, inOrder: true };
}
