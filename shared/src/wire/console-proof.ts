/** Pure. A console's signed proof in a look-call, which the relay only passes on, and in a wish. */
import { z } from 'zod';
import { LookId } from '../domain/ids.ts';
import { Base64Url } from './bytes.ts';

/** A voucher: JSON as the very bytes that the municipality signed (`seal/voucher.ts`). */
export const VoucherLetter = z.object({ body: Base64Url.max(2000), signature: Base64Url.length(86) }).readonly();
export type VoucherLetter = z.infer<typeof VoucherLetter>;

export const ConsoleProof = z
  .object({
    /** The console's long-lived Ed25519 key, 32 bytes; it signs the look's own key. */
    key: Base64Url.length(43),
    /** By the console's clock. */
    at: z.iso.datetime(),
    /** The look's id, where the look was on the list. */
    look: LookId.optional(),
    signature: Base64Url.length(86),
    voucher: VoucherLetter.optional(),
  })
  .readonly();
export type ConsoleProof = z.infer<typeof ConsoleProof>;

/** Signature on a wish, by the console that asked for the look. */
export const WishProof = z.object({ at: z.iso.datetime(), signature: Base64Url.length(86) }).readonly();
export type WishProof = z.infer<typeof WishProof>;
