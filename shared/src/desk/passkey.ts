/**
 * Pure. What a browser and the relay tell each other about passkeys, as WebAuthn Level 3 writes it in JSON (§ 5.1.8 to 5.1.10, 5.8.1), as
 * far as it is used here: user verification and a key that is found without a name are always asked for.
 */
import { z } from 'zod';
import { Base64Url } from '../wire/bytes.ts';

const credential = Base64Url.min(16).max(1400).describe('Its id, as the authenticator has made it');
const transports = z.array(z.string().max(40)).max(10).optional();
const described = z.object({ id: credential, type: z.literal('public-key'), transports }).readonly();
const challenge = Base64Url.max(400).describe('Of this relay; it is good for five minutes and for one answer');

/** For `navigator.credentials.create`. */
export const PasskeyToMake = z
  .object({
    challenge,
    rp: z.object({ id: z.string(), name: z.string() }).readonly(),
    user: z.object({ id: Base64Url.max(100), name: z.string(), displayName: z.string() }).readonly(),
    pubKeyCredParams: z.array(z.object({ alg: z.int(), type: z.literal('public-key') }).readonly()),
    timeout: z.int(),
    attestation: z.literal('none').describe('Which make it is, is nobody’s business'),
    excludeCredentials: z.array(described),
    authenticatorSelection: z
      .object({
        residentKey: z.literal('required'),
        requireResidentKey: z.literal(true),
        userVerification: z.literal('required'),
      })
      .readonly(),
  })
  .readonly();
export type PasskeyToMake = z.infer<typeof PasskeyToMake>;

/** For `navigator.credentials.get`. */
export const PasskeyToShow = z
  .object({
    challenge,
    rpId: z.string(),
    timeout: z.int(),
    userVerification: z.literal('required'),
    allowCredentials: z.array(described).describe('Empty: whichever there is for this address'),
  })
  .readonly();
export type PasskeyToShow = z.infer<typeof PasskeyToShow>;

const bytes = Base64Url.max(32 * 1024);
const extensions = z.object({}).default({}).describe('None is used');

/** What `create` has given. */
export const MadePasskey = z
  .object({
    id: credential,
    rawId: credential,
    type: z.literal('public-key'),
    response: z.object({ clientDataJSON: bytes, attestationObject: bytes, transports }).readonly(),
    clientExtensionResults: extensions,
  })
  .readonly();
export type MadePasskey = z.infer<typeof MadePasskey>;

/** What `get` has given. */
export const ShownPasskey = z
  .object({
    id: credential,
    rawId: credential,
    type: z.literal('public-key'),
    response: z
      .object({
        clientDataJSON: bytes,
        authenticatorData: bytes,
        signature: bytes,
        userHandle: Base64Url.max(100).optional(),
      })
      .readonly(),
    clientExtensionResults: extensions,
  })
  .readonly();
export type ShownPasskey = z.infer<typeof ShownPasskey>;
