/** The door to better-auth: staff sign in with e-mail and password and have a session in a cookie; nobody signs up. */
import { Role } from '@nattfrid/shared/desk/role';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { betterAuth } from 'better-auth';
import { openRate } from '../limit/rate.ts';
import type { Store } from '../store/database.ts';
import { openSessions } from '../store/operators-table.ts';

export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** Signed in. */
export interface Present extends Operator {
  /** Id of the session; nothing can be done with it alone. */
  readonly session: string;
}

export interface Operators {
  /** @param address of the other end, for the limit @returns who it is, and the cookies to set */
  signIn(email: string, password: string, address: string): Promise<SignedIn | Fault>;
  /** @returns the cookies to set */
  signOut(cookie: string): Promise<readonly string[]>;
  /** Whose session this cookie is; undefined: none, or over. */
  who(cookie: string | undefined): Promise<Present | undefined>;
  /** Sessions that are not over, and whose they are: session > operator. */
  sessions(): Promise<ReadonlyMap<string, string>>;
  /** For whoever runs the relay. */
  add(operator: Omit<Operator, 'id'>, password: string): Promise<Operator | Fault>;
}

export interface SignedIn {
  readonly operator: Operator;
  readonly cookies: readonly string[];
}

export const shortestPassword = 12;
const wrongRate = { atOnce: 8, perMinute: 6 };

export function openOperators(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly secret: string;
  readonly secure: boolean;
  readonly sessionHours: number;
}): Operators {
  const { store, clock } = parts;
  const auth = signInLibrary(parts);
  const wrong = openRate(wrongRate.atOnce, wrongRate.perMinute);

  return {
    async signIn(email, password, address) {
      const counted = [`from ${address}`, `as ${email.toLowerCase()}`];
      const now = clock.now();
      if (!counted.map((name) => wrong.take(name, now)).every(Boolean))
        return new Fault('too-many-requests', 'Too many attempts to sign in. Wait a minute and try again.');
      try {
        const { headers, response } = await auth.api.signInEmail({ body: { email, password }, returnHeaders: true });
        for (const name of counted) wrong.giveBack(name);
        return { operator: read(response.user), cookies: headers.getSetCookie() };
      } catch (error) {
        if (statusCodeOf(error) !== 401) throw error;
        return new Fault('not-signed-in', 'The e-mail address or the password is wrong.');
      }
    },
    async signOut(cookie) {
      const { headers } = await auth.api.signOut({ headers: new Headers({ cookie }), returnHeaders: true });
      return headers.getSetCookie();
    },
    async who(cookie) {
      if (!cookie) return undefined;
      const found = await auth.api.getSession({ headers: new Headers({ cookie }) });
      return found ? { ...read(found.user), session: found.session.id } : undefined;
    },
    // By the system's own clock, as the library counts them.
    sessions: () => openSessions(store.db, systemClock.now()),
    async add({ email, name, role }, password) {
      if (password.length < shortestPassword)
        return new Fault('request-invalid', `A password needs at least ${shortestPassword} characters.`);
      const context = await auth.$context;
      if (await context.internalAdapter.findUserByEmail(email))
        return new Fault('request-invalid', `There is already somebody with the address ${email}.`);
      const person = { email: email.toLowerCase(), name, emailVerified: true, role };
      const user = await context.internalAdapter.createUser(person, { method: 'admin' });
      const hash = await context.password.hash(password);
      await context.internalAdapter.linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: hash,
      });
      return read(user);
    },
  };
}

function signInLibrary(parts: { store: Store; secret: string; secure: boolean; sessionHours: number }) {
  const lasts = Math.round(parts.sessionHours * 3600);
  return betterAuth({
    // Only used for links in e-mails, of which we send none; where we are reached is not known before we listen.
    baseURL: 'http://localhost',
    secret: parts.secret,
    database: { db: parts.store.db, type: 'sqlite' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: 200,
    },
    user: {
      modelName: 'operators',
      additionalFields: { role: { type: 'string', required: true, input: false } },
    },
    account: { modelName: 'accounts' },
    verification: { modelName: 'verifications' },
    session: { modelName: 'sessions', expiresIn: lasts, disableSessionRefresh: true },
    advanced: {
      cookiePrefix: 'nattfrid',
      useSecureCookies: parts.secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', secure: parts.secure, path: '/' },
    },
  });
}

function read(user: unknown): Operator {
  const { id, name, email, role } = user as { id: string; name: string; email: string; role: string };
  return { id, name, email, role: Role.parse(role) };
}

const statusCodeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
