/** Pure. What goes along with a plan: the municipality's word for whoever has signed it, and for the key that took its own key's place. */
import { z } from 'zod';
import { Base64Url } from './bytes.ts';

/** The JSON of a Signer as the very bytes that the municipality's key has signed. */
export const SignerLetter = z
  .object({
    body: Base64Url.max(2000).describe('The JSON of a Signer, as the very bytes that were signed'),
    signature: Base64Url.length(86).describe("Ed25519, by the municipality's key"),
  })
  .readonly();
export type SignerLetter = z.infer<typeof SignerLetter>;

/** From then on the municipality's key is another one: the old key and the new key both say so. */
export const SuccessorLetter = z
  .object({
    old: Base64Url.length(43).describe("The municipality's key until then, Ed25519"),
    next: Base64Url.length(43).describe('The one that takes its place, Ed25519'),
    at: z.iso.datetime().describe('When it was signed'),
    byOld: Base64Url.length(86).describe('Signature of the old key'),
    byNext: Base64Url.length(86).describe('Signature of the new key'),
  })
  .readonly();
export type SuccessorLetter = z.infer<typeof SuccessorLetter>;
