/** Pure. relay > console: a console of an operator, and whether somebody has confirmed it. Its figures are made from the key where they are shown. */
import { z } from 'zod';
import { OperatorAlias } from '../domain/ids.ts';
import { Base64Url } from '../wire/bytes.ts';
import { Confirmation } from '../wire/console-proof.ts';

export const ConsoleView = z
  .object({
    operator: OperatorAlias.describe('How units call whose it is: what a colleague signs for'),
    console: Base64Url.length(43).describe('Its Ed25519 key'),
    who: z.string().describe('Whose it is, by name'),
    label: z.string().max(40).optional().describe('What kind of device it says it is'),
    state: z
      .enum(['known', 'unconfirmed', 'confirmed', 'withdrawn'])
      .describe('known: the first of this operator, or vouched for; unconfirmed: no look is asked from it'),
    asks: z
      .literal(true)
      .optional()
      .describe('A unit has refused it although it is known or confirmed here, and another colleague may confirm it'),
    firstSeenAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    by: z.string().optional().describe('Who has confirmed or withdrawn it, by name'),
    doubtedBy: z.string().optional().describe('Who has said that its figures do not agree'),
    sharedMinutes: z
      .int()
      .optional()
      .describe('Several people use this computer: without use it locks after so many minutes'),
    confirmation: Confirmation.optional().describe('For the console itself, which sends it along with each look'),
  })
  .readonly();
export type ConsoleView = z.infer<typeof ConsoleView>;

/** Whether a colleague's word is asked for. */
export const waits = ({ state, asks }: ConsoleView): boolean =>
  state === 'unconfirmed' || (asks === true && state !== 'withdrawn');
