/**
 * Codes of an authenticator app, and recovery codes: made known by whoever signs in with them, taken once each, and wrong ones counted
 * for each person, wherever they come from.
 */
import { surer } from '@nattfrid/shared/desk/assurance';
import type { OwnSignIn } from '@nattfrid/shared/desk/own-sign-in';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import { openSecretBox } from '../at-rest/secret-box.ts';
import type { Audit } from '../audit/audit.ts';
import { openRate } from '../limit/rate.ts';
import type { Operator, Present } from '../operators/operators.ts';
import type { Store, Tx } from '../store/database.ts';
import {
  type AuthenticatorRow,
  addNews,
  countRecoveryCodes,
  deleteAuthenticator,
  findAuthenticator,
  saveAuthenticator,
  saveRecoveryCodes,
  takeRecoveryCode,
  takeStep,
} from '../store/second-factors-table.ts';
import { saveAssurance } from '../store/sign-in-settings-table.ts';
import { openRecovery, plain } from './recovery.ts';
import type { Tickets } from './tickets.ts';
import { newSecret, stepOf, uriOf } from './totp.ts';

/** By which of them somebody has shown who they are. */
export type ByCode = 'code' | 'recovery-code';

export interface Codes {
  has(person: string): Promise<boolean>;
  of(person: string): Promise<OwnSignIn['codes']>;
  /** What an app is to hold; nothing is kept of it until a code has come back. */
  make(who: Present): { readonly ticket: string; readonly uri: string; readonly secret: string };
  /** @returns the recovery codes, this once */
  add(who: Present, ticket: string, code: string): Promise<readonly string[] | Fault>;
  renew(who: Present): Promise<readonly string[] | Fault>;
  remove(who: Present): Promise<Fault | undefined>;
  /**
   * Takes a code, which is good no more then.
   *
   * @param deed what it is for, in the transaction that takes it
   * @returns undefined where it was right; Fault `code-wrong`, or `too-many-requests` after five wrong ones, until some minutes have gone by
   */
  take(
    person: Pick<Operator, 'id' | 'name'>,
    code: string,
    deed: (tx: Tx, by: ByCode) => Promise<void>,
  ): Promise<Fault | undefined>;
}

/**
 * Wrong ones of one person at once, and how many a minute after that: 288 a day, of which three in a million are right by chance. Whoever
 * owns the account signs in without a code meanwhile.
 */
const [atOnce, perMinute] = [5, 0.2];

export function openCodes(parts: {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly audit: Audit;
  readonly tickets: Tickets;
  /** The relay's setting. */
  readonly secret: string;
}): Codes {
  const { store, clock, audit, tickets } = parts;
  const box = openSecretBox(parts.secret, '', 'nattfrid authenticators');
  const recovery = openRecovery(parts.secret);
  const tries = openRate(atOnce, perMinute);

  async function known(tx: Tx, person: string, code: string, now: Instant): Promise<ByCode | undefined> {
    const row = await findAuthenticator(tx.db, person);
    if (!row) return undefined;
    if (!/^[0-9]{6}$/.test(code))
      return (await takeRecoveryCode(tx.db, person, recovery.hash(code))) ? 'recovery-code' : undefined;
    const secret = opened(row);
    const step = secret === undefined ? undefined : stepOf(secret, code, now);
    return step !== undefined && (await takeStep(tx.db, person, step)) ? 'code' : undefined;
  }
  /** Not where the relay's `secret` is another one than it was: then the app is as good as lost. */
  function opened({ person, secret }: AuthenticatorRow): string | undefined {
    try {
      return box.open(secret, person);
    } catch {
      return undefined;
    }
  }
  async function tellGuessed({ id, name }: Pick<Operator, 'id' | 'name'>): Promise<void> {
    await store.write(async (tx) => {
      await audit.append(tx, name, 'codes-guessed', 'session', { operator: id });
      await addNews(tx.db, { person: id, what: 'guessed', at: clock.now(), who: null });
    });
  }
  /** Told once for each time that too many have come. */
  const told = openRate(1, perMinute / atOnce);

  async function renewIn(tx: Tx, person: string): Promise<readonly string[]> {
    const made = recovery.make();
    await saveRecoveryCodes(
      tx.db,
      person,
      made.map(({ hash }) => hash),
    );
    return made.map(({ code }) => code);
  }

  return {
    has: async (person) => (await findAuthenticator(store.db, person)) !== undefined,
    async of(person) {
      const row = await findAuthenticator(store.db, person);
      if (!row) return undefined;
      return {
        addedAt: printInstant(row.added_at as Instant),
        recoveryLeft: await countRecoveryCodes(store.db, person),
      };
    },
    make(who) {
      const secret = newSecret();
      return { ticket: tickets.make('codes', `${who.session} ${secret}`), uri: uriOf(secret, who.email), secret };
    },
    async add(who, ticket, code) {
      const [session, secret] = tickets.read('codes', ticket)?.split(' ') ?? [];
      if (session !== who.session || !secret)
        return new Fault('not-now', 'This took too long. Begin again with a new QR code.');
      const step = stepOf(secret, plain(code), clock.now());
      if (step === undefined) return wrong();
      tickets.take('codes', ticket);
      return store.write(async (tx) => {
        await audit.append(tx, who.name, 'authenticator-added', 'sign-in', { operator: who.id });
        // It has been shown here and now, after the password.
        await saveAssurance(tx.db, who.session, surer(who));
        await saveAuthenticator(tx.db, {
          person: who.id,
          secret: box.seal(secret, who.id),
          // The code that has just been shown is used.
          last_step: step,
          added_at: clock.now(),
        });
        return renewIn(tx, who.id);
      });
    },
    renew: (who) =>
      store.write(async (tx) => {
        if (!(await findAuthenticator(tx.db, who.id))) return none();
        await audit.append(tx, who.name, 'recovery-codes-made', 'sign-in', { operator: who.id });
        return renewIn(tx, who.id);
      }),
    remove: (who) =>
      store.write(async (tx) => {
        if (!(await findAuthenticator(tx.db, who.id))) return none();
        await audit.append(tx, who.name, 'authenticator-removed', 'sign-in', { operator: who.id });
        await deleteAuthenticator(tx.db, who.id);
        return undefined;
      }),
    async take(person, code, deed) {
      const now = clock.now();
      // Counted before it is looked at: many at once are no more than many one after the other.
      if (!tries.take(person.id, now)) {
        if (told.take(person.id, now)) await tellGuessed(person);
        return new Fault('too-many-requests', 'Too many wrong codes. Wait five minutes, or go on without a code.');
      }
      const by = await store
        .write(async (tx) => {
          const found = await known(tx, person.id, plain(code), now);
          if (found) await deed(tx, found);
          return found;
        })
        .catch((error) => {
          // Nobody could tell whether it was right.
          tries.giveBack(person.id);
          throw error;
        });
      if (!by) return wrong();
      tries.giveBack(person.id);
      return undefined;
    },
  };
}

const wrong = () =>
  new Fault('code-wrong', 'This code is wrong, too old, or was used before. Take the one that the app shows now.');
const none = () => new Fault('not-found', 'There is no authenticator app for this account.');
