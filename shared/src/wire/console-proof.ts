/** Pure. What an operator's console says of itself in a call for a look, under its own signature; the relay only passes it on. */
import { z } from 'zod';
import { LookId } from '../domain/ids.ts';
import { Base64Url } from './bytes.ts';

/** The municipality's word that a key belongs to one of its consoles: JSON as the very bytes that were signed (`seal/voucher.ts`). */
export const VoucherLetter = z.object({ body: Base64Url.max(2000), signature: Base64Url.length(86) }).readonly();
export type VoucherLetter = z.infer<typeof VoucherLetter>;

export const ConsoleProof = z
  .object({
    /** The console's long-lived Ed25519 key, 32 bytes. Not the look's own key, which it signs. */
    key: Base64Url.length(43),
    /** By the console's clock. */
    at: z.iso.datetime(),
    /** The look it was asked for, where it had its name before. */
    look: LookId.optional(),
    signature: Base64Url.length(86),
    voucher: VoucherLetter.optional(),
  })
  .readonly();
export type ConsoleProof = z.infer<typeof ConsoleProof>;

/** That whoever looks would rather have the person shown another way: signed by the console that asked for the look. */
export const WishProof = z.object({ at: z.iso.datetime(), signature: Base64Url.length(86) }).readonly();
export type WishProof = z.infer<typeof WishProof>;
