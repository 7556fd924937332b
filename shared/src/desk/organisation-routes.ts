/** Pure. The routes about organisations and the agreements between them: part of the table in `routes.ts`. */
import { z } from 'zod';
import { Agreement, NewAgreement, OrganisationView } from './agreement.ts';
import { none, type Route } from './route.ts';
import { SignInSettings, SignInSettingsView, SignInWay } from './sign-in-settings.ts';

export const organisationRoutes = {
  /** Those that share this relay, so that an agreement can name one; of none is anything else told. */
  organisations: {
    method: 'GET',
    path: '/api/organisations',
    params: none,
    body: none,
    answer: z.object({ own: z.string(), organisations: z.array(OrganisationView).readonly() }).readonly(),
    action: 'manage-organisations',
  },
  agreements: {
    method: 'GET',
    path: '/api/agreements',
    params: none,
    body: none,
    answer: z.object({ agreements: z.array(Agreement).readonly() }).readonly(),
    action: 'manage-organisations',
  },
  /** The organisation of whoever asks lets another one see and do something in its own homes. */
  addAgreement: {
    method: 'POST',
    path: '/api/agreements',
    params: none,
    body: NewAgreement,
    answer: Agreement,
    action: 'manage-organisations',
  },
  /** For the sign-in page: whose people can sign in at a provider of their own, and whether passkeys can be used under this address. */
  signInWays: {
    method: 'GET',
    path: '/api/sign-in-ways',
    params: none,
    body: none,
    answer: z
      .object({ ways: z.array(SignInWay).readonly(), passkeys: z.boolean().optional().describe('Absent: they cannot') })
      .readonly(),
    action: undefined,
  },
  signInSettings: {
    method: 'GET',
    path: '/api/sign-in-settings',
    params: none,
    body: none,
    answer: SignInSettingsView,
    action: 'manage-connections',
  },
  /** Without `secret` the one that is there stays, and so do the levels without `levels`. */
  setSignIn: {
    method: 'POST',
    path: '/api/sign-in-settings',
    params: none,
    body: z.object({ settings: SignInSettings, secret: z.string().min(1).max(500).optional() }).readonly(),
    answer: SignInSettings,
    action: 'manage-connections',
  },
  /** At once: what the others have open in these homes ends. */
  endAgreement: {
    method: 'POST',
    path: '/api/agreements/:agreement/end',
    params: z.object({ agreement: z.string().min(1).max(40) }).readonly(),
    body: none,
    answer: Agreement,
    action: 'manage-organisations',
  },
} as const satisfies Record<string, Route>;
