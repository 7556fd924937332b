/** Pure. Messages of a look. relay > unit: call, join, leave, wish; unit > relay: the answers; relay > unit: close. */
import { z } from 'zod';
import { LookId, OperatorAlias } from '../domain/ids.ts';
import { LookEnd, NoPicture, Reason, Refusal } from '../domain/look.ts';
import { Mode } from '../domain/plan.ts';
import { Base64Url } from './bytes.ts';
import { ConsoleProof, WishProof } from './console-proof.ts';

export const LookCall = z
  .object({
    look: LookId,
    reason: Reason,
    operator: OperatorAlias,
    /** Public key of the operator's console (X25519, 32 bytes): pictures are sealed for it alone. */
    operatorKey: Base64Url.length(43),
    until: z.iso.datetime(),
    /** The console's signature on that key; absent from consoles that do not sign. */
    console: ConsoleProof.optional(),
  })
  .readonly();
export type LookCall = z.infer<typeof LookCall>;

/** relay > unit: a colleague wants to see this open look too; the unit decides as on a call. */
export const LookJoin = z
  .object({
    look: LookId,
    operator: OperatorAlias,
    operatorKey: Base64Url.length(43),
    /** As in a call, for the reason of the open look. */
    console: ConsoleProof.optional(),
  })
  .readonly();
export type LookJoin = z.infer<typeof LookJoin>;

/** relay > unit: that colleague has left. */
export const LookLeave = z.object({ look: LookId, operator: OperatorAlias }).readonly();
export type LookLeave = z.infer<typeof LookLeave>;

/** relay > unit: the operator who opened this look wishes another mode; the unit decides by its own copy of the plan. */
export const LookWish = z
  .object({
    look: LookId,
    operator: OperatorAlias,
    mode: Mode,
    /** By the console that signed for the look; absent where it did not sign. */
    console: WishProof.optional(),
  })
  .readonly();
export type LookWish = z.infer<typeof LookWish>;

/**
 * The key of the call that a message belongs to: a look that showed nothing may be called again with another key, and late messages about
 * the first call do not count.
 */
const asked = { operatorKey: Base64Url.length(43).optional() };

export const LookAnswer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), look: LookId, ...asked, mode: Mode, until: z.iso.datetime() }).readonly(),
  z.object({ type: z.literal('refused'), look: LookId, ...asked, why: Refusal }).readonly(),
  z.object({ type: z.literal('no-picture'), look: LookId, ...asked, why: NoPicture }).readonly(),
  z.object({ type: z.literal('picture'), look: LookId, ...asked }).readonly(),
  z.object({ type: z.literal('joined'), look: LookId, operator: OperatorAlias }).readonly(),
  z.object({ type: z.literal('not-joined'), look: LookId, operator: OperatorAlias, why: Refusal }).readonly(),
  z.object({ type: z.literal('mode-changed'), look: LookId, ...asked, mode: Mode }).readonly(),
  z.object({ type: z.literal('mode-refused'), look: LookId, mode: Mode, why: Refusal }).readonly(),
  z.object({ type: z.literal('ended'), look: LookId, ...asked, why: LookEnd }).readonly(),
]);
export type LookAnswer = z.infer<typeof LookAnswer>;

export const LookClose = z.object({ look: LookId, ...asked, why: LookEnd }).readonly();
export type LookClose = z.infer<typeof LookClose>;
