/** Pure. relay > console: how somebody signs in, as it is shown to them alone. */
import { z } from 'zod';
import { Assurance } from './assurance.ts';

/** What its owner calls a passkey: «Min telefon». */
export const PasskeyName = z.string().trim().min(1).max(40);

export const PasskeyView = z
  .object({
    passkey: z.string().min(1).max(60),
    name: PasskeyName,
    addedAt: z.iso.datetime(),
    usedAt: z.iso.datetime().optional(),
  })
  .readonly();
export type PasskeyView = z.infer<typeof PasskeyView>;

/** Something about the own sign-in that somebody else has done, or tried; shown until it has been read. */
export const SignInNews = z
  .object({
    what: z
      .enum(['reset', 'guessed'])
      .describe('The second factor was taken away; wrong codes after the right password'),
    at: z.iso.datetime(),
    by: z.string().optional().describe('Who has taken it away'),
  })
  .readonly();
export type SignInNews = z.infer<typeof SignInNews>;

export const OwnSignIn = z
  .object({
    assurance: Assurance.describe('Of this session'),
    hasPassword: z.boolean().describe('Not where somebody signs in at a provider alone'),
    canPasskey: z.boolean().describe('Whether passkeys can be used under this address'),
    passkeys: z.array(PasskeyView).readonly(),
    codes: z
      .object({ addedAt: z.iso.datetime(), recoveryLeft: z.int().min(0) })
      .readonly()
      .optional()
      .describe('Absent: no authenticator app'),
    byProvider: z.boolean().describe('The own organisation has a provider'),
    news: z.array(SignInNews).readonly(),
  })
  .readonly();
export type OwnSignIn = z.infer<typeof OwnSignIn>;

/** Six figures of an authenticator app, or a recovery code; spaces and hyphens do not count. */
export const Code = z.string().min(6).max(40);
/** Of the relay: between two steps of one person; good for some minutes. */
export const Ticket = z.string().min(1).max(600);
