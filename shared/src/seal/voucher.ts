/** Pure. A console under the municipality's signature: the same key that signs plans, so that every unit knows it already. */
import { z } from 'zod';
import { Fault } from '../fault/fault.ts';
import { type Instant, parseInstant } from '../time/instant.ts';
import { Base64Url, fromBase64Url, toBase64Url } from '../wire/bytes.ts';
import type { VoucherLetter } from '../wire/console-proof.ts';
import type { CryptoKey } from './crypto-key.ts';
import { sign, verify } from './sign.ts';

export const Voucher = z
  .object({
    console: Base64Url.length(43).describe("The console's Ed25519 key, 32 bytes"),
    place: z.string().min(1).max(60).describe('Where it stands: «Larmcentralen, plats 3». Never a person.'),
    validFrom: z.iso.datetime().describe('Counts from then on'),
    validUntil: z.iso.datetime().describe('Counts until then'),
  })
  .readonly();
export type Voucher = z.infer<typeof Voucher>;

/** @throws ZodError where it is no voucher: nothing else is ever signed. */
export async function signVoucher(voucher: Voucher, privateKey: CryptoKey): Promise<VoucherLetter> {
  const body = new TextEncoder().encode(JSON.stringify(Voucher.parse(voucher)));
  return { body: toBase64Url(body), signature: toBase64Url(await sign('console-voucher', body, privateKey)) };
}

/** @param publicKey the municipality's @returns a Fault: `signature-wrong`, or `message-invalid` for what is signed but no voucher */
export async function openVoucher(letter: VoucherLetter, publicKey: Uint8Array<ArrayBuffer>): Promise<Voucher | Fault> {
  try {
    const body = fromBase64Url(letter.body);
    if (!(await verify('console-voucher', body, fromBase64Url(letter.signature), publicKey)))
      return new Fault('signature-wrong', 'The municipality has not signed for this console.');
    return Voucher.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)));
  } catch (cause) {
    return new Fault('message-invalid', 'What should vouch for a console cannot be read.', { cause });
  }
}

/** Whether the municipality has signed for this console's key, and for this time. @param key Ed25519, base64url */
export async function vouchesFor(
  letter: VoucherLetter | undefined,
  key: string,
  municipality: Uint8Array<ArrayBuffer>,
  at: Instant,
): Promise<boolean> {
  if (!letter) return false;
  const said = await openVoucher(letter, municipality);
  if (said instanceof Fault || said.console !== key) return false;
  return parseInstant(said.validFrom) <= at && at < parseInstant(said.validUntil);
}
