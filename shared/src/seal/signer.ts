/** Pure. The municipality's key signs that another key, on a coordinator's own device, may sign plans for a while. Nothing else follows from it. */
import { z } from 'zod';
import { Fault } from '../fault/fault.ts';
import { hours } from '../time/duration.ts';
import { after, type Instant, parseInstant } from '../time/instant.ts';
import { Base64Url, fromBase64Url, toBase64Url } from '../wire/bytes.ts';
import type { SignerLetter } from '../wire/signer-letter.ts';
import type { CryptoKey } from './crypto-key.ts';
import { sign, verify } from './sign.ts';

/** A year, and time to have it renewed. */
export const longestSigner = hours(400 * 24);
/** Clocks of two machines differ: a word that begins a little later than now counts already. */
const clocksDiffer = hours(0.25);

export const Signer = z
  .strictObject({
    key: Base64Url.length(43).describe("The signer's Ed25519 key, 32 bytes"),
    name: z.string().trim().min(1).max(60).describe('What it is called: «Samordnare, plats 2». Never a person.'),
    from: z.iso.datetime().describe('Counts from then on'),
    until: z.iso.datetime().describe('Counts until then: no new plan after it'),
  })
  .readonly();
export type Signer = z.infer<typeof Signer>;

/** @throws ZodError where it is no signer: nothing else is ever signed */
export async function signSigner(signer: Signer, municipality: CryptoKey): Promise<SignerLetter> {
  const body = new TextEncoder().encode(JSON.stringify(Signer.parse(signer)));
  return { body: toBase64Url(body), signature: toBase64Url(await sign('plan-signer', body, municipality)) };
}

/** @param municipality its public key @returns a Fault: `signature-wrong`, or `message-invalid` for what is signed but no signer */
export async function openSigner(letter: SignerLetter, municipality: Uint8Array<ArrayBuffer>): Promise<Signer | Fault> {
  try {
    const body = fromBase64Url(letter.body);
    if (!(await verify('plan-signer', body, fromBase64Url(letter.signature), municipality)))
      return new Fault('signature-wrong', 'The municipality has not said that this key may sign plans.');
    return Signer.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)));
  } catch (cause) {
    return new Fault('message-invalid', 'What should say who signs plans cannot be read.', { cause });
  }
}

/** Whether its word counts now, and was not given for longer than may be. */
export function signsAt({ from, until }: Pick<Signer, 'from' | 'until'>, at: Instant): boolean {
  const [begins, ends] = [parseInstant(from), parseInstant(until)];
  return ends - begins <= longestSigner && begins <= after(at, clocksDiffer) && at < ends;
}
