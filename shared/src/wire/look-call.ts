/** Pure. relay > unit: show me, or a colleague as well; unit > relay: yes, or no and why; either way: it is over. */
import { z } from 'zod';
import { LookId, OperatorAlias } from '../domain/ids.ts';
import { HaltWord, LookEnd, NoPicture, Reason, Refusal } from '../domain/look.ts';
import { Mode } from '../domain/plan.ts';
import { Base64Url } from './bytes.ts';
import { ConsoleProof, WishProof } from './console-proof.ts';

export const LookCall = z
  .object({
    look: LookId.describe('Made by the relay'),
    reason: Reason.describe('What the unit checks against its own plan and its own alarms'),
    operator: OperatorAlias.describe('Who asks; the same name for the same person each time'),
    operatorKey: Base64Url.length(43).describe(
      "The operator's console's public key (X25519, 32 bytes): pictures are sealed for it alone",
    ),
    until: z.iso.datetime().describe('When the relay would have it end at the latest; the unit may end it sooner'),
    console: ConsoleProof.optional().describe(
      "The console's own signature for that key; absent from consoles that do not sign",
    ),
  })
  .readonly();
export type LookCall = z.infer<typeof LookCall>;

/** relay > unit: a colleague of whoever opened this look wants to see it too; the unit decides as it does on a call. */
export const LookJoin = z
  .object({
    look: LookId.describe('The open look'),
    operator: OperatorAlias.describe('The colleague'),
    operatorKey: Base64Url.length(43).describe("Of the colleague's console (X25519, 32 bytes)"),
    console: ConsoleProof.optional().describe('As in a call: signed for the reason of the look that is open'),
  })
  .readonly();
export type LookJoin = z.infer<typeof LookJoin>;

/** relay > unit: that colleague looks no longer. */
export const LookLeave = z
  .object({ look: LookId.describe('The open look'), operator: OperatorAlias.describe('The colleague who leaves') })
  .readonly();
export type LookLeave = z.infer<typeof LookLeave>;

/** relay > unit: whoever opened this look wants the person shown another way; the unit decides by its own copy of the plan. */
export const LookWish = z
  .object({
    look: LookId.describe('The open look'),
    operator: OperatorAlias.describe('Who opened it'),
    mode: Mode.describe('How the person would rather be shown'),
    console: WishProof.optional().describe('By the console that signed for the look; none where that did not sign'),
  })
  .readonly();
export type LookWish = z.infer<typeof LookWish>;

/**
 * A look that showed nothing may be asked for again, with another key: what is still under way about the time before is told apart by it.
 */
const asked = {
  operatorKey: Base64Url.length(43)
    .optional()
    .describe('The key of the call that this is about; absent from units that do not say it'),
};

/**
 * Why, in a word of its own, where `why` is the nearest word that a reader knows who is older than stops and pauses: an answer that cannot
 * be read would leave a look open that is not.
 */
const halted = { halt: HaltWord.optional().catch(undefined).describe('Which halt it is for, where it is for one') };

export const LookAnswer = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('opened'),
      look: LookId,
      ...asked,
      mode: Mode.describe('As the person is shown'),
      until: z.iso.datetime().describe('When the unit ends it'),
    })
    .readonly()
    .describe('Yes: pictures follow on a picture socket'),
  z
    .object({ type: z.literal('refused'), look: LookId, ...asked, why: Refusal, ...halted })
    .readonly()
    .describe('No, and why'),
  z
    .object({ type: z.literal('no-picture'), look: LookId, ...asked, why: NoPicture })
    .readonly()
    .describe('The look is open, and there is nothing to show'),
  z
    .object({ type: z.literal('picture'), look: LookId, ...asked })
    .readonly()
    .describe('There are pictures, or there are again'),
  z
    .object({ type: z.literal('client-seen'), look: LookId, ...asked })
    .readonly()
    .describe('Somebody has been shown for some seconds; said only where the plan lets one camera be enough'),
  z
    .object({ type: z.literal('joined'), look: LookId, operator: OperatorAlias })
    .readonly()
    .describe('The colleague is let in'),
  z
    .object({ type: z.literal('not-joined'), look: LookId, operator: OperatorAlias, why: Refusal, ...halted })
    .readonly()
    .describe('The colleague is not let in, and why'),
  z
    .object({ type: z.literal('mode-changed'), look: LookId, ...asked, mode: Mode })
    .readonly()
    .describe('The person is shown like this from now on'),
  z
    .object({ type: z.literal('mode-refused'), look: LookId, mode: Mode, why: Refusal, ...halted })
    .readonly()
    .describe('The person is shown as before, and why'),
  z
    .object({ type: z.literal('ended'), look: LookId, ...asked, why: LookEnd, ...halted })
    .readonly()
    .describe('The gate is shut'),
]);
export type LookAnswer = z.infer<typeof LookAnswer>;

export const LookClose = z.object({ look: LookId, ...asked, why: LookEnd }).readonly();
export type LookClose = z.infer<typeof LookClose>;
