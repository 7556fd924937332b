/** Pure. How the people of an organisation sign in: its OpenID Connect provider, and how sure it must be who does what. */
import { z } from 'zod';
import { Assurance, Levels } from './assurance.ts';
import { Organisation } from './organisation.ts';
import { Role } from './role.ts';

export const SingleSignOn = z
  .object({
    issuer: z.url().max(200).describe('Its address; /.well-known/openid-configuration is found under it'),
    clientId: z.string().min(1).max(200),
    roleClaim: z.string().min(1).max(100).optional().describe('The claim that names groups or roles'),
    roles: z
      .array(z.object({ claim: z.string().min(1).max(100), role: Role }).readonly())
      .max(30)
      .readonly()
      .describe('What the claim holds, and the role that it is here; the first that fits counts'),
    letsInUnknown: z
      .boolean()
      .describe('Somebody who is not known here gets in, with the least role where no claim fits'),
  })
  .readonly();
export type SingleSignOn = z.infer<typeof SingleSignOn>;

export const SignInSettings = z
  .object({
    provider: SingleSignOn.optional(),
    lookAssurance: Assurance.describe('To look into its homes'),
    levels: Levels.optional().describe('For its people to do something else; an action that is not named needs 1'),
  })
  .readonly();
export type SignInSettings = z.infer<typeof SignInSettings>;

/** As they are, and how many could meet more than a password. */
export const SignInSettingsView = SignInSettings.unwrap()
  .extend({
    people: z.int().min(0).optional().describe('Who may sign in'),
    sure: z.int().min(0).optional().describe('Of them: with a passkey or an authenticator app'),
  })
  .readonly();
export type SignInSettingsView = z.infer<typeof SignInSettingsView>;

/** Where one can sign in elsewhere. */
export const SignInWay = z.object({ organisation: Organisation, name: z.string() }).readonly();
export type SignInWay = z.infer<typeof SignInWay>;

/** Sees no home and no client: what somebody is of whom nothing else is known. */
export const leastRole: Role = 'statistics';
