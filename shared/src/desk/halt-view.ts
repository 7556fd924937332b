/** Pure. relay > console: a unit that neither watches nor shows, whatever its plan says; and whether it has been told so. */
import { z } from 'zod';
import { WhyStopped } from '../wire/halt-letter.ts';

const told = z
  .enum(['yes', 'not-yet', 'cannot'])
  .describe(
    'not-yet: it is told as soon as it can be reached; cannot: it is older than stops. Have a plan that has ended signed, or unplug it',
  );

export const HaltView = z.discriminatedUnion('type', [
  z
    .object({ type: z.literal('stopped'), why: WhyStopped, since: z.iso.datetime(), told })
    .readonly()
    .describe('Until a newer plan is signed'),
  z
    .object({ type: z.literal('paused'), from: z.iso.datetime(), until: z.iso.datetime(), told })
    .readonly()
    .describe('It rests from then until then, and goes on by itself'),
  z
    .object({
      type: z.literal('dark'),
      why: z.enum(['privacy-switch', 'switch-unreadable', 'technician']),
      since: z.iso.datetime().describe("By the unit's clock"),
    })
    .readonly()
    .describe('At the unit itself: by its switch, or by a technician'),
]);
export type HaltView = z.infer<typeof HaltView>;

/**
 * Is it dark by what was done at the unit itself? Nobody has decided it here, so it is something to see to, and somebody goes there instead
 * of the looks; an alarm that nobody sees anything it is not.
 */
export const isDark = ({ halt }: { readonly halt?: HaltView | undefined }): boolean => halt?.type === 'dark';

/** Does it neither watch nor show now, as far as is known? A pause that has not begun is none. */
export const isHalted = ({ halt }: { readonly halt?: HaltView | undefined }, at: number): boolean =>
  halt !== undefined && (halt.type !== 'paused' || (Date.parse(halt.from) <= at && at < Date.parse(halt.until)));
