/** Pure. relay > unit: which consoles colleagues have confirmed, and which have been withdrawn; each letter is signed by a console. */
import { z } from 'zod';
import { OperatorAlias } from '../domain/ids.ts';
import { Base64Url } from './bytes.ts';
import { Confirmation, VoucherLetter } from './console-proof.ts';

/** A console's word that another console (or itself) is no longer to be let in: a telephone was lost, somebody has left. */
export const Withdrawal = z
  .object({
    operator: OperatorAlias.describe('Whose console it was'),
    console: Base64Url.length(43).describe("The withdrawn console's Ed25519 key"),
    by: Base64Url.length(43).describe('The key of the console that says so'),
    at: z.iso.datetime().describe("Since when, by that console's clock; a confirmation from before does not count"),
    signature: Base64Url.length(86).describe('Ed25519 by `by`, over operator, console, by and time'),
    voucher: VoucherLetter.optional().describe("The municipality's word for `by`"),
  })
  .readonly();
export type Withdrawal = z.infer<typeof Withdrawal>;

/** So many letters of each kind go into one list; the newest, and no more than fit into one message. */
export const mostListed = 200;

export const ConsoleList = z
  .object({
    confirmations: z
      .array(Confirmation)
      .max(mostListed)
      .readonly()
      .describe('Takes the place of the list before; the unit goes by those alone whose signer it trusts itself'),
    withdrawals: z
      .array(Withdrawal)
      .max(mostListed)
      .readonly()
      .describe('The unit follows those alone whose signer it trusts itself'),
  })
  .readonly();
export type ConsoleList = z.infer<typeof ConsoleList>;
