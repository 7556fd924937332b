/** Pure. The part of the API that is about the municipality's key: its public half, and its word for those who sign and who look. */
import { z } from 'zod';
import { Base64Url } from '../wire/bytes.ts';
import { VoucherLetter } from '../wire/console-proof.ts';
import { SignerLetter, SuccessorLetter } from '../wire/signer-letter.ts';
import { Organisation } from './organisation.ts';
import { none, type Route } from './route.ts';

const key = Base64Url.length(43).describe('Ed25519, base64url');

export const KeyLetter = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('signer'), key, letter: SignerLetter }).readonly(),
    z.object({ kind: z.literal('voucher'), key, letter: VoucherLetter }).readonly(),
  ])
  .describe('signer: it may sign plans. voucher: it may look at homes whose plan asks for that');
export type KeyLetter = z.infer<typeof KeyLetter>;

export const MunicipalityKeyView = z
  .object({
    organisation: Organisation,
    key: z
      .object({
        key,
        fixed: z.boolean().describe("In the relay's settings, which no screen changes"),
        since: z.iso.datetime().optional(),
        by: z.string().optional(),
      })
      .readonly()
      .optional(),
    successors: z.array(SuccessorLetter).readonly().describe('Which keys led to it, oldest first'),
    letters: z.array(KeyLetter).readonly().describe('What it has signed, and still counts'),
  })
  .readonly();
export type MunicipalityKeyView = z.infer<typeof MunicipalityKeyView>;

export const keyRoutes = {
  municipalityKey: {
    method: 'GET',
    path: '/api/municipality-key',
    params: none,
    body: none,
    answer: MunicipalityKeyView,
    action: 'have-console',
  },
  /** Of whoever has its private half. Where there is one already, that one has to sign for it. */
  setMunicipalityKey: {
    method: 'POST',
    path: '/api/municipality-key',
    params: none,
    body: z
      .object({
        possession: z.object({ key, at: z.iso.datetime(), signature: Base64Url.length(86) }).readonly(),
        successor: SuccessorLetter.optional(),
      })
      .readonly(),
    answer: MunicipalityKeyView,
    action: 'send-plan',
  },
  /** Signed by the municipality's key, after two people have compared the figures of the key that it is for. */
  keepKeyLetter: {
    method: 'POST',
    path: '/api/municipality-key/letters',
    params: none,
    body: KeyLetter,
    answer: MunicipalityKeyView,
    action: 'send-plan',
  },
} as const satisfies Record<string, Route>;
