/** What the routes about signing in and stepping up do: who it is, written in the audit log, and only then a session, or more of one. */
import { createHash } from 'node:crypto';
import { type Assurance, surer, withSecondFactor } from '@nattfrid/shared/desk/assurance';
import type { Me } from '@nattfrid/shared/desk/me';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Audit } from '../audit/audit.ts';
import type { SignInRefusals } from '../audit/sign-in-refusals.ts';
import type { Computers } from '../computers/computers.ts';
import { computerOf } from '../computers/cookie.ts';
import type { Ending } from '../ending/ending.ts';
import { openRate } from '../limit/rate.ts';
import type { Operator, Operators, Present } from '../operators/operators.ts';
import type { Staff } from '../operators/staff.ts';
import type { Codes } from '../second-factor/codes.ts';
import type { Passkeys } from '../second-factor/passkeys.ts';
import type { Tickets } from '../second-factor/tickets.ts';
import type { Store, Tx } from '../store/database.ts';
import { findOperator, passwordHashOf } from '../store/operators-table.ts';
import { saveAssurance } from '../store/sign-in-settings-table.ts';
import type { ApiHandlers, Request } from './handler.ts';

export interface SignInParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly operators: Operators;
  readonly staff: Staff;
  readonly ending: Ending;
  readonly signInRefusals: SignInRefusals;
  readonly tickets: Tickets;
  readonly codes: Codes;
  readonly passkeys: Passkeys;
  /** What hung on the session of somebody who has just ended it. */
  readonly signedOut: (who: Pick<Present, 'id' | 'name'>) => Promise<void>;
  readonly computers: Pick<Computers, 'isLocked' | 'lock'>;
}

/** Passkeys asked for and shown, of one address, at once and a minute: a whole office stands behind one. */
const shownAtOnce = 120;

export const signInHandlers = (
  parts: SignInParts,
): Pick<
  ApiHandlers,
  | 'signIn'
  | 'signInByCode'
  | 'signInWithout'
  | 'askForPasskey'
  | 'signInByPasskey'
  | 'signOut'
  | 'me'
  | 'lockConsole'
  | 'stepUpByCode'
  | 'askForOwnPasskey'
  | 'stepUpByPasskey'
> => {
  const { store, clock, audit, operators, ending, signInRefusals, tickets, codes, passkeys, signedOut, computers } =
    parts;
  const rate = openRate(shownAtOnce, shownAtOnce);

  const signedIn = ({ id, role }: Pick<Operator, 'id' | 'role'>, how: string, assurance: Assurance) => ({
    role,
    operator: id,
    by: how,
    assurance: String(assurance),
  });
  type Come = Pick<Request<'signIn'>, 'device' | 'setCookies'>;
  /** It is written by now. */
  async function enter(person: Operator, assurance: Assurance, { device, setCookies }: Come): Promise<Me> {
    setCookies(await operators.enter(person, assurance, device));
    return meOf({ ...person, assurance });
  }
  async function refused(address: string, fault: Fault): Promise<Fault> {
    await signInRefusals.write(address, fault.code);
    return fault;
  }
  /** Of the password as it is kept: another one, and what was begun with the one before is over. */
  const markOf = async (person: string) =>
    createHash('sha256')
      .update((await passwordHashOf(store.db, person)) ?? '')
      .digest('base64url');
  /** Whose password was right a moment ago, and still is. */
  async function half(ticket: string): Promise<Operator | Fault> {
    const [id, mark] = tickets.read('sign-in', ticket)?.split(' ') ?? [];
    const person = id !== undefined && mark === (await markOf(id)) ? await operators.person(id) : undefined;
    return person ?? new Fault('not-signed-in', 'This took too long. Begin again with your password.');
  }
  /** Never less than before. */
  async function raise(tx: Tx, who: Present, how: string, details: object = {}): Promise<void> {
    const assurance = surer(who);
    const line = { ...details, by: how, assurance: String(assurance), operator: who.id };
    await audit.append(tx, who.name, 'stepped-up', 'session', line);
    await saveAssurance(tx.db, who.session, assurance);
  }

  return {
    async signIn({ body, address, cookie, device, setCookies }) {
      const person = await operators.identify({ ...body, address, cookie });
      if (person instanceof Fault) return refused(address, person);
      if (await codes.has(person.id))
        return { ticket: tickets.make('sign-in', `${person.id} ${await markOf(person.id)}`) };
      await audit.write(person.name, 'signed-in', 'session', signedIn(person, 'password', 1));
      return enter(person, 1, { device, setCookies });
    },
    async signInByCode({ body, address, ...come }) {
      const person = await half(body.ticket);
      if (person instanceof Fault) return refused(address, person);
      const wrong = await codes.take(person, body.code, async (tx, by) => {
        const details = signedIn(person, `password and ${by}`, withSecondFactor);
        await audit.append(tx, person.name, 'signed-in', 'session', details);
      });
      if (wrong) return refused(address, wrong);
      tickets.take('sign-in', body.ticket);
      return enter(person, withSecondFactor, come);
    },
    async signInWithout({ body, address, ...come }) {
      const person = await half(body.ticket);
      if (person instanceof Fault || tickets.take('sign-in', body.ticket) === undefined)
        return refused(address, person instanceof Fault ? person : new Fault('not-signed-in', 'Begin again.'));
      const details = { ...signedIn(person, 'password', 1), without: 'second-factor' };
      await audit.write(person.name, 'signed-in', 'session', details);
      return enter(person, 1, come);
    },
    async askForPasskey({ host, address }) {
      return rate.take(address, clock.now()) ? passkeys.toShow(host) : tooMany();
    },
    async signInByPasskey({ body, host, address, ...come }) {
      if (!rate.take(address, clock.now())) return tooMany();
      const id = await passkeys.show(host, body.passkey, async (tx, { person, name }) => {
        const row = await findOperator(tx.db, person);
        if (!row) throw new Fault('passkey-wrong', 'Nobody here has this passkey.');
        const details = { ...signedIn(row as Operator, 'passkey', withSecondFactor), passkey: name };
        await audit.append(tx, row.name, 'signed-in', 'session', details);
      });
      const person = id instanceof Fault ? id : await operators.person(id);
      if (person instanceof Fault) return refused(address, person);
      if (person) return enter(person, withSecondFactor, come);
      return new Fault('passkey-wrong', 'Nobody here has this passkey any more.');
    },
    async signOut({ who, cookie, setCookies }) {
      await audit.write(who.name, 'signed-out', 'session', { operator: who.id });
      setCookies(await operators.signOut(cookie ?? ''));
      await signedOut(who);
      return {};
    },
    me: async ({ who }) => ({ ...meOf(who), ...(computers.isLocked(who.session) && { locked: true as const }) }),
    async lockConsole({ who, cookie }) {
      await computers.lock(who, computerOf(cookie));
      await ending.check();
      return {};
    },
    async stepUpByCode({ body, who, address }) {
      const wrong = await codes.take(who, body.code, (tx, by) => raise(tx, who, by));
      return wrong ? refused(address, wrong) : { assurance: surer(who) };
    },
    askForOwnPasskey: ({ who, host }) => passkeys.toShow(host, who),
    async stepUpByPasskey({ body, who, host, address }) {
      const shown = await passkeys.show(
        host,
        body.passkey,
        (tx, { name }) => raise(tx, who, 'passkey', { passkey: name }),
        who,
      );
      return shown instanceof Fault ? refused(address, shown) : { assurance: surer(who) };
    },
  };
};

const meOf = ({ id, name, email, role, organisation, assurance }: Operator & Pick<Present, 'assurance'>): Me => ({
  id,
  name,
  email,
  role,
  organisation,
  assurance,
});

const tooMany = () => new Fault('too-many-requests', 'Too many people sign in at this moment. Try again.');
