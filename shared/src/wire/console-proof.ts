/** Pure. What an operator's console says of itself in a call for a look, under its own signature; the relay only passes it on. */
import { z } from 'zod';
import { LookId, OperatorAlias } from '../domain/ids.ts';
import { Base64Url } from './bytes.ts';

/** The municipality's word that a key belongs to one of its consoles: JSON as the very bytes that were signed (`seal/voucher.ts`). */
export const VoucherLetter = z
  .object({
    body: Base64Url.max(2000).describe('The JSON of a Voucher, as the very bytes that were signed'),
    signature: Base64Url.length(86).describe("Ed25519, by the municipality's key"),
  })
  .readonly();
export type VoucherLetter = z.infer<typeof VoucherLetter>;

/** A console's word that a new console is this operator's: two people have compared its figures (`seal/confirmation.ts`). */
export const Confirmation = z
  .object({
    operator: OperatorAlias.describe('Whose console it is'),
    console: Base64Url.length(43).describe("The confirmed console's Ed25519 key, 32 bytes"),
    by: Base64Url.length(43).describe('The key of the console that says so; never the confirmed one'),
    from: z.iso.datetime().describe('Counts from then on'),
    until: z.iso.datetime().describe('Counts until then: at most 400 days later'),
    signature: Base64Url.length(86).describe('Ed25519 by `by`, over operator, console, by, from and until'),
    voucher: VoucherLetter.optional().describe("The municipality's word for `by`, where it has one"),
  })
  .readonly();
export type Confirmation = z.infer<typeof Confirmation>;

export const ConsoleProof = z
  .object({
    key: Base64Url.length(43).describe(
      "The console's long-lived Ed25519 key, 32 bytes. Not the look's own key, which it signs.",
    ),
    at: z.iso.datetime().describe("By the console's clock"),
    look: LookId.optional().describe('The look it was asked for, where it had its name before'),
    signature: Base64Url.length(86).describe('Ed25519 over unit, reason, look, operatorKey and time'),
    voucher: VoucherLetter.optional().describe("The municipality's word for this console's key"),
    confirmation: Confirmation.optional().describe(
      "A colleague's word for this console's key, for a unit that has not had it in a list yet",
    ),
  })
  .readonly();
export type ConsoleProof = z.infer<typeof ConsoleProof>;

/** That a room is as the person at this console has drawn and confirmed it. */
export const RoomProof = z
  .object({
    key: Base64Url.length(43).describe("The console's long-lived Ed25519 key, 32 bytes"),
    at: z.iso
      .datetime()
      .describe("By the console's clock; a unit takes none that is not later than that of the room it has"),
    signature: Base64Url.length(86).describe('Ed25519 over unit, room, first or second person, and time'),
    voucher: VoucherLetter.optional().describe("The municipality's word for this console's key"),
    confirmation: Confirmation.optional().describe("A colleague's word for this console's key"),
  })
  .readonly();
export type RoomProof = z.infer<typeof RoomProof>;

/** That the person at this console has asked for what outlasts a relay that lies: that the unit erases itself, or watches another camera. */
export const CallProof = z
  .object({
    key: Base64Url.length(43).describe("The console's long-lived Ed25519 key, 32 bytes"),
    nonce: z.uuid().describe('Made by the console: a unit does what is signed once'),
    at: z.iso
      .datetime()
      .describe("By the console's clock; a unit takes none that is off its own by more than a quarter"),
    signature: Base64Url.length(86).describe(
      'Ed25519 over unit, what is asked (of a camera: its name and the sealed login), nonce and time',
    ),
    voucher: VoucherLetter.optional().describe("The municipality's word for this console's key"),
    confirmation: Confirmation.optional().describe(
      "The word of a console that the municipality vouches for, for this console's key",
    ),
  })
  .readonly();
export type CallProof = z.infer<typeof CallProof>;

/** That whoever looks would rather have the person shown another way: signed by the console that asked for the look. */
export const WishProof = z
  .object({
    at: z.iso.datetime().describe("By the console's clock"),
    signature: Base64Url.length(86).describe('Ed25519 over unit, look, operatorKey, mode and time'),
  })
  .readonly();
export type WishProof = z.infer<typeof WishProof>;
