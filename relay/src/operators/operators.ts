/** The door to better-auth: staff sign in with e-mail and password and have a session in a cookie; nobody signs up. */
import { Assurance } from '@nattfrid/shared/desk/assurance';
import { firstOrganisation, type Organisation } from '@nattfrid/shared/desk/organisation';
import { Role } from '@nattfrid/shared/desk/role';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { betterAuth } from 'better-auth';
import { holdUp, openSlowDown } from '../limit/slow-down.ts';
import { openTurns } from '../limit/turns.ts';
import type { Store } from '../store/database.ts';
import { markSeen, type OperatorRow, openSessions, operatorsNamed } from '../store/operators-table.ts';
import { openDevices } from './devices.ts';
import { personFields, sessionFields } from './fields.ts';
import { checkPassword, longestPassword, shortestPassword } from './password.ts';

export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly organisation: Organisation;
}

/** Of the first organisation, where none is said. */
export type NewOperator = Omit<Operator, 'id' | 'organisation'> & { readonly organisation?: Organisation };

/** Signed in. */
export interface Present extends Operator {
  /** Id of the session; nothing can be done with it alone. */
  readonly session: string;
  /** How sure it was who signed in. */
  readonly assurance: Assurance;
}

export interface Operators {
  /**
   * Wrong ones are answered later and later; the right password is taken whatever others have tried, after 5 s at most.
   *
   * @throws Fault `cannot-save` where the session cannot be written; that attempt is not counted
   */
  signIn(attempt: Attempt): Promise<SignedIn | Fault>;
  /** @returns the cookies to set */
  signOut(cookie: string): Promise<readonly string[]>;
  /** Whose session this cookie is; undefined: none, or over. */
  who(cookie: string | undefined): Promise<Present | undefined>;
  /** Sessions that are not over, and whose they are: session > operator. */
  sessions(): Promise<ReadonlyMap<string, string>>;
  /** Heard of now, on a socket. */
  saw(session: string): void;
  seenAt(session: string): Instant | undefined;
  /** When each was last heard of, onto the disk. */
  saveSeen(): Promise<void>;
  /** Of a password, as it is kept. */
  hash(password: string): Promise<string>;
  /** Somebody who signs in elsewhere, and has no password here. */
  admit(operator: NewOperator): Promise<Operator>;
  /** Called from the command line of the relay. */
  add(operator: NewOperator, password: string): Promise<Operator | Fault>;
}

export interface Attempt {
  readonly email: string;
  readonly password: string;
  /** Of the other end. */
  readonly address: string;
  readonly cookie: string | undefined;
  /** As its browser names itself. */
  readonly device: string | undefined;
}

interface SignedIn {
  readonly operator: Operator;
  readonly cookies: readonly string[];
}

/** Each keeps a core busy for a moment; others wait, however many there are. */
const checkedAtOnce = 2;
/** Of attempts that wait for it: a minute of work, after which nobody is there who would read the answer. */
const mostWaiting = 600;
const longestDevice = 500;

export function openOperators(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly secret: string;
  readonly secure: boolean;
  readonly sessionHours: number;
}): Operators {
  const { store, clock } = parts;
  const auth = signInLibrary(parts);
  const slow = openSlowDown();
  const turns = openTurns(checkedAtOnce, mostWaiting);
  const devices = openDevices(parts.secret);

  const seen = new Map<string, Instant>();
  const saw = (session: string) => void seen.set(session, clock.now());

  /** Names are not identities: two who share one are told apart on every screen. */
  async function shown(operator: Operator): Promise<Operator> {
    const alike = await operatorsNamed(store.db, operator.name);
    if (alike.length < 2) return operator;
    const local = (email: string) => email.split('@')[0] ?? email;
    const own = local(operator.email);
    const clear = alike.filter(({ email }) => local(email) === own).length === 1;
    return { ...operator, name: `${operator.name} (${clear ? own : operator.email})` };
  }

  async function check({ email, password, device = '' }: Attempt): Promise<SignedIn | 'wrong'> {
    try {
      const { headers, response } = await auth.api.signInEmail({
        body: { email, password },
        headers: new Headers({ 'user-agent': device.slice(0, longestDevice) }),
        returnHeaders: true,
      });
      return {
        operator: await shown(read(response.user)),
        cookies: [...headers.getSetCookie(), devices.remember(email)],
      };
    } catch (error) {
      if (statusCodeOf(error) === 401) return 'wrong';
      // The library writes the session by itself, past `store.write`.
      throw store.refused(error);
    }
  }

  return {
    async signIn(attempt) {
      const { email, address, cookie } = attempt;
      const device = devices.known(email, cookie);
      // Whoever guesses at an account from elsewhere does not slow down a device that has signed in to it before.
      const own = device ? `on ${device}` : `as ${email.toLowerCase()}`;
      const both = [own, `from ${address}`];
      // Before the check for whoever is not known: many at once must not go faster than one after the other.
      const before = slow.wait([own], clock.now());
      slow.count(both, clock.now());
      await holdUp(clock, before);
      const found = await turns
        // A device that is guessed on is known no better than a stranger.
        .take({ known: device !== undefined && before === 0, wrong: slow.wrong(both, clock.now()) }, () =>
          check(attempt),
        )
        .catch((error) => {
          // Nobody could tell whether it was right: it is not counted as wrong.
          slow.takeBack(both, clock.now());
          throw error;
        });
      if (!found) return new Fault('too-many-requests', 'Too many people sign in at this moment. Try again.');
      if (found !== 'wrong') {
        slow.takeBack(both, clock.now());
        return found;
      }
      await holdUp(clock, milliseconds(slow.wait(both, clock.now()) - before));
      return new Fault('not-signed-in', 'The e-mail address or the password is wrong.');
    },
    async signOut(cookie) {
      const { headers } = await auth.api.signOut({ headers: new Headers({ cookie }), returnHeaders: true });
      return headers.getSetCookie();
    },
    async who(cookie) {
      if (!cookie) return undefined;
      const found = await auth.api.getSession({ headers: new Headers({ cookie }) });
      if (!found) return undefined;
      saw(found.session.id);
      const assurance = Assurance.catch(1).parse(found.session.assurance);
      return { ...(await shown(read(found.user))), session: found.session.id, assurance };
    },
    // By the system's own clock, as the library counts them.
    async sessions() {
      const open = await openSessions(store.db, systemClock.now());
      return new Map(open.map(({ id, operator }) => [id, operator]));
    },
    saw,
    seenAt: (session) => seen.get(session),
    async saveSeen() {
      if (seen.size === 0) return;
      const told = [...seen];
      await store.write(async ({ db }) => {
        for (const [session, at] of told) await markSeen(db, session, at);
      });
      for (const [session, at] of told) if (seen.get(session) === at) seen.delete(session);
    },
    hash: async (password) => (await auth.$context).password.hash(password),
    async admit({ email, name, role, organisation = firstOrganisation }) {
      const { internalAdapter } = await auth.$context;
      const person = { email: email.toLowerCase(), name, emailVerified: true, role, organisation };
      return read(await internalAdapter.createUser(person, { method: 'admin' }));
    },
    async add({ email, name, role, organisation = firstOrganisation }, password) {
      const weak = await checkPassword(password, [email, name]);
      if (weak) return weak;
      const context = await auth.$context;
      if (await context.internalAdapter.findUserByEmail(email))
        return new Fault('already-there', `There is already somebody with the address ${email}.`);
      const person = { email: email.toLowerCase(), name, emailVerified: true, role, organisation };
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
      maxPasswordLength: longestPassword,
    },
    user: {
      modelName: 'operators',
      additionalFields: personFields,
    },
    account: { modelName: 'accounts' },
    verification: { modelName: 'verifications' },
    session: {
      modelName: 'sessions',
      expiresIn: lasts,
      disableSessionRefresh: true,
      additionalFields: sessionFields,
    },
    advanced: {
      cookiePrefix: 'nattfrid',
      useSecureCookies: parts.secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', secure: parts.secure, path: '/' },
    },
  });
}

function read(user: unknown): Operator {
  const { id, name, email, role, organisation } = user as Omit<OperatorRow, 'organisation'> & {
    readonly organisation?: string | null;
  };
  return { id, name, email, role: Role.parse(role), organisation: organisation ?? firstOrganisation };
}

const statusCodeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
