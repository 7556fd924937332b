/**
 * Signing in elsewhere: OpenID Connect by better-auth's own plugin, with PKCE, state and nonce. Who somebody is, and in which role, is
 * decided here: of another organisation nobody is let in, whatever a provider says.
 */

import { type Assurance, assuranceOf } from '@nattfrid/shared/desk/assurance';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { Role } from '@nattfrid/shared/desk/role';
import { leastRole, type SingleSignOn } from '@nattfrid/shared/desk/sign-in-settings';
import { Fault } from '@nattfrid/shared/fault/fault';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { genericOAuth } from 'better-auth/plugins';
import { z } from 'zod';
import type { Audit } from '../audit/audit.ts';
import type { Store } from '../store/database.ts';
import { findOperatorByEmail, updateRole } from '../store/operators-table.ts';
import { findSignInSettings, saveAssurance } from '../store/sign-in-settings-table.ts';
import { personFields, sessionFields } from './fields.ts';
import type { Operators, Present } from './operators.ts';
import type { Sealer } from './sealer.ts';

export interface SingleSignOnDoor {
  /** @param back where in the console one was @returns where the browser goes next, and the cookies to set */
  start(
    organisation: Organisation,
    origin: string,
    back: string,
  ): Promise<{ readonly to: string; readonly cookies: readonly string[] } | Fault>;
  /** What the provider has sent the browser back with. */
  finish(organisation: Organisation, origin: string, query: string, cookie: string): Promise<Entered | Fault>;
}

interface Entered {
  readonly who: Present;
  readonly assurance: Assurance;
  readonly to: string;
  readonly cookies: readonly string[];
}

const noTokens = { accessToken: null, refreshToken: null, idToken: null };

/** Under which its state comes back. */
export const ssoPath = '/api/sso';

/** What the provider says of somebody, as far as we look at it. */
const Profile = z.looseObject({
  sub: z.string().min(1),
  email: z.email(),
  name: z.string().max(200).optional(),
  acr: z.string().max(200).optional(),
});
type Profile = z.infer<typeof Profile>;

export function roleOf(
  profile: Readonly<Record<string, unknown>>,
  { roleClaim, roles }: SingleSignOn,
): Role | undefined {
  const claim = roleClaim === undefined ? undefined : profile[roleClaim];
  const held = Array.isArray(claim) ? claim : [claim];
  return roles.find((one) => held.includes(one.claim))?.role;
}

export function openSingleSignOn(parts: {
  readonly store: Store;
  readonly audit: Audit;
  readonly operators: Pick<Operators, 'admit' | 'who'>;
  readonly sealer: Sealer;
  readonly secret: string;
  readonly secure: boolean;
  readonly sessionHours: number;
}): SingleSignOnDoor {
  const { store, audit, operators, sealer } = parts;

  /** Somebody whom the provider has named becomes the person that they are here. @throws Fault where they are not let in */
  async function admit(organisation: Organisation, provider: SingleSignOn, profile: Profile) {
    const email = profile.email.toLowerCase();
    const known = await findOperatorByEmail(store.db, email);
    const role = roleOf(profile, provider);
    if (known && known.organisation !== organisation)
      throw new Fault('not-allowed', 'This provider has no say in who you are here.');
    if (!known && !provider.letsInUnknown)
      throw new Fault('not-allowed', 'Nobody by this address is known here. Ask your administrator to add you.');
    const name = profile.name ?? email;
    if (!known) {
      const details = { name, organisation, by: provider.issuer };
      await audit.write('single sign-on', 'operator-added', role ?? leastRole, details);
      await operators.admit({ email, name, role: role ?? leastRole, organisation });
    } else if (role && role !== known.role)
      await store.write(async (tx) => {
        await audit.append(tx, 'single sign-on', 'role-changed', known.id, { name: known.name, role });
        await updateRole(tx.db, known.id, role);
      });
    return { email, name: known?.name ?? name, emailVerified: true };
  }

  async function library(organisation: Organisation, origin: string) {
    const { provider, secret } = await findSignInSettings(store.db, organisation);
    if (!provider) return new Fault('not-found', 'This organisation has no other way to sign in.');
    const seen: { profile?: Profile; fault?: Fault } = {};
    const auth = betterAuth({
      baseURL: origin,
      basePath: ssoPath,
      secret: parts.secret,
      // On PostgreSQL too it keeps times as text, and truths as 0 and 1, as the columns are made.
      database: { db: store.db, type: 'sqlite' },
      telemetry: { enabled: false },
      logger: { disabled: true },
      // Ours stands in front.
      rateLimit: { enabled: false },
      user: { modelName: 'operators', additionalFields: personFields },
      account: { modelName: 'accounts', accountLinking: { enabled: true, trustedProviders: [organisation] } },
      verification: { modelName: 'verifications' },
      // What the provider gives for its own doors is used once, and kept nowhere.
      databaseHooks: {
        account: {
          create: { before: async (account) => ({ data: { ...account, ...noTokens } }) },
          update: { before: async (account) => ({ data: { ...account, ...noTokens } }) },
        },
      },
      session: {
        modelName: 'sessions',
        expiresIn: Math.round(parts.sessionHours * 3600),
        disableSessionRefresh: true,
        additionalFields: sessionFields,
      },
      advanced: {
        cookiePrefix: 'nattfrid',
        useSecureCookies: parts.secure,
        // The browser comes back from another site: with «strict» it would not say which sign-in it has begun.
        defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: parts.secure, path: '/' },
      },
      plugins: [
        genericOAuth({
          config: [
            {
              providerId: organisation,
              discoveryUrl: `${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
              clientId: provider.clientId,
              ...(secret && { clientSecret: sealer.open(secret, organisation) }),
              scopes: ['openid', 'email', 'profile'],
              pkce: true,
              requireIdTokenVerification: true,
              disableSignUp: true,
              async mapProfileToUser(raw) {
                try {
                  const profile = Profile.parse(raw);
                  const person = await admit(organisation, provider, profile);
                  seen.profile = profile;
                  return person;
                } catch (error) {
                  seen.fault = error instanceof Fault ? error : new Fault('not-allowed', 'The provider names nobody.');
                  // Of another kind the library would print with its stack.
                  throw new APIError('FORBIDDEN');
                }
              },
            },
          ],
        }),
      ],
    });
    return { auth, seen };
  }

  return {
    async start(organisation, origin, back) {
      const made = await library(organisation, origin);
      if (made instanceof Fault) return made;
      const { headers, response } = await made.auth.api.signInSocial({
        body: { provider: organisation, callbackURL: back, errorCallbackURL: '/' },
        headers: new Headers(),
        returnHeaders: true,
      });
      if (!response.url) return new Fault('not-now', 'The provider cannot be reached. Sign in with your password.');
      return { to: response.url, cookies: headers.getSetCookie() };
    },
    async finish(organisation, origin, query, cookie) {
      const made = await library(organisation, origin);
      if (made instanceof Fault) return made;
      const { auth, seen } = made;
      const answer = await auth
        .handler(new Request(`${origin}${ssoPath}/callback/${organisation}?${query}`, { headers: { cookie } }))
        .catch(() => undefined);
      const cookies = answer?.headers.getSetCookie() ?? [];
      const session = cookies.find((line) => line.includes('session_token='))?.split(';')[0];
      const { profile } = seen;
      if (!answer || !session || !profile)
        return seen.fault ?? new Fault('not-signed-in', 'The provider has not let you in. Try again.');
      const who = await operators.who(session);
      if (!who || who.email !== profile.email.toLowerCase() || who.organisation !== organisation)
        return new Fault('not-signed-in', 'The provider names somebody else than the one whom it named before.');
      const assurance = assuranceOf(profile.acr);
      await store.write(({ db }) => saveAssurance(db, who.session, assurance));
      const strict = cookies.map((line) =>
        line.includes('session_token=') ? line.replace(/SameSite=Lax/i, 'SameSite=Strict') : line,
      );
      return { who, assurance, to: answer.headers.get('location') ?? '/', cookies: strict };
    },
  };
}
