/** The door to better-auth: staff sign in with e-mail and password and have a session in a cookie; nobody signs up. */
import { Assurance } from '@nattfrid/shared/desk/assurance';
import { firstOrganisation, type Organisation } from '@nattfrid/shared/desk/organisation';
import { Role } from '@nattfrid/shared/desk/role';
import { Fault } from '@nattfrid/shared/fault/fault';
import { type Clock, systemClock } from '@nattfrid/shared/time/clock';
import { milliseconds } from '@nattfrid/shared/time/duration';
import type { Instant } from '@nattfrid/shared/time/instant';
import { betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import { holdUp, openSlowDown } from '../limit/slow-down.ts';
import { openTurns } from '../limit/turns.ts';
import type { Store } from '../store/database.ts';
import {
  findOperator,
  findOperatorByEmail,
  markSeen,
  type OperatorRow,
  openSessions,
  operatorsNamed,
  passwordHashOf,
} from '../store/operators-table.ts';
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
   * @returns whose password it is: there is no session yet
   */
  identify(attempt: Attempt): Promise<Operator | Fault>;
  /** Whether it is the password of somebody who is signed in; slowed down as `identify`. True for whoever has none. */
  isPassword(who: Present, password: string | undefined, address: string): Promise<boolean | Fault>;
  /**
   * Begins a session. It is the caller who knows that it is them, and has written it in the audit log.
   *
   * @param device as its browser names itself
   * @returns the cookies to set
   * @throws Fault `cannot-save` where the session cannot be written
   */
  enter(person: Operator, assurance: Assurance, device: string | undefined): Promise<readonly string[]>;
  /** As they are shown. */
  person(id: string): Promise<Operator | undefined>;
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

  /** As many guesses in the time it takes for an address that there is not. */
  async function check({ email, password }: Pick<Attempt, 'email' | 'password'>): Promise<Operator | 'wrong'> {
    const context = await auth.$context;
    const person = await findOperatorByEmail(store.db, email.toLowerCase());
    const hash = person && (await passwordHashOf(store.db, person.id));
    if (!hash || password.length > longestPassword) {
      await context.password.hash(password.slice(0, longestPassword));
      return 'wrong';
    }
    return (await context.password.verify({ hash, password })) ? shown(read(person)) : 'wrong';
  }

  /**
   * @param own under which it is counted beside the address
   * @param isKnown on a device that has been right before
   */
  async function slowed<Out>(
    { own, address, isKnown }: { readonly own: string; readonly address: string; readonly isKnown: boolean },
    run: () => Promise<Out | 'wrong'>,
  ): Promise<Out | 'wrong' | Fault> {
    const both = [own, `from ${address}`];
    // Before the check for whoever is not known: many at once must not go faster than one after the other.
    const before = slow.wait([own], clock.now());
    slow.count(both, clock.now());
    await holdUp(clock, before);
    const found = await turns
      // A device that is guessed on is known no better than a stranger.
      .take({ known: isKnown && before === 0, wrong: slow.wrong(both, clock.now()) }, run)
      .catch((error) => {
        // Nobody could tell whether it was right: it is not counted as wrong.
        slow.takeBack(both, clock.now());
        throw error;
      });
    if (!found) return new Fault('too-many-requests', 'Too many people sign in at this moment. Try again.');
    if (found === 'wrong') await holdUp(clock, milliseconds(slow.wait(both, clock.now()) - before));
    else slow.takeBack(both, clock.now());
    return found;
  }

  return {
    async identify(attempt) {
      const { email, address, cookie } = attempt;
      const device = devices.known(email, cookie);
      // Whoever guesses at an account from elsewhere does not slow down a device that has signed in to it before.
      const own = device ? `on ${device}` : `as ${email.toLowerCase()}`;
      const found = await slowed({ own, address, isKnown: device !== undefined }, () => check(attempt));
      return found === 'wrong' ? new Fault('not-signed-in', 'The e-mail address or the password is wrong.') : found;
    },
    async isPassword({ id, email }, password, address) {
      if (!(await passwordHashOf(store.db, id))) return true;
      const asked = { email, password: password ?? '' };
      const found = await slowed({ own: `again ${id}`, address, isKnown: true }, () => check(asked));
      return found instanceof Fault ? found : found !== 'wrong';
    },
    async enter({ id, email }, assurance, device = '') {
      try {
        const { headers } = await auth.api.beginSession({
          body: { person: id, assurance },
          headers: new Headers({ 'user-agent': device.slice(0, longestDevice) }),
          returnHeaders: true,
        });
        return [...headers.getSetCookie(), devices.remember(email)];
      } catch (error) {
        // The library writes the session by itself, past `store.write`.
        throw store.refused(error);
      }
    },
    async person(id) {
      const row = await findOperator(store.db, id);
      return row && shown(read(row));
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
    // On PostgreSQL too it keeps times as text, and truths as 0 and 1, as the columns are made.
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
    plugins: [{ id: 'nattfrid-sessions', endpoints: { beginSession } }],
  });
}

/**
 * A session for somebody of whom we know who they are: by password, code or passkey. It has no address, and cannot be asked for from
 * outside.
 */
const beginSession = createAuthEndpoint.serverOnly(
  { method: 'POST', body: z.object({ person: z.string(), assurance: Assurance }) },
  async (ctx) => {
    const { internalAdapter } = ctx.context;
    const user = await internalAdapter.findUserById(ctx.body.person);
    if (!user) throw new Fault('not-found', 'There is no such person.');
    const session = await internalAdapter.createSession(user.id, false, { assurance: ctx.body.assurance });
    await setSessionCookie(ctx, { session, user });
    return ctx.json({});
  },
);

function read(user: unknown): Operator {
  const { id, name, email, role, organisation } = user as Omit<OperatorRow, 'organisation'> & {
    readonly organisation?: string | null;
  };
  return { id, name, email, role: Role.parse(role), organisation: organisation ?? firstOrganisation };
}
