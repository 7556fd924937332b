/**
 * Who may sign in, looked after: listed, changed, signed out, taken away. Each is written in the audit log in the transaction that does
 * it; a relay that runs notices within a second or two and puts out whoever is still connected.
 */
import { Assurance } from '@nattfrid/shared/desk/assurance';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { PersonView } from '@nattfrid/shared/desk/person-view';
import { Role } from '@nattfrid/shared/desk/role';
import { Fault } from '@nattfrid/shared/fault/fault';
import { systemClock } from '@nattfrid/shared/time/clock';
import { type Instant, parseInstant, printInstant } from '@nattfrid/shared/time/instant';
import type { Audit, AuditWhat } from '../audit/audit.ts';
import type { Store, Tx } from '../store/database.ts';
import {
  allOperators,
  deleteOperator,
  deleteOtherSessionsOf,
  deleteSession,
  deleteSessionsOf,
  findOperator,
  type OperatorRow,
  openSessions,
  updatePassword,
  updateRole,
} from '../store/operators-table.ts';
import { addNews, deleteSecondFactors, secondFactorsOfAll } from '../store/second-factors-table.ts';
import type { Operators, Present } from './operators.ts';
import { checkPassword } from './password.ts';

/** Who does it, in the audit log: `id` absent where it is whoever runs the relay. */
export interface By {
  readonly name: string;
  readonly id?: string;
}

export interface Staff {
  /** @param own the session that asks @param organisation only its people; all where it is not given */
  all(own?: string, organisation?: Organisation): Promise<readonly PersonView[]>;
  endSession(by: By, session: string): Promise<Fault | undefined>;
  endSessions(by: By, person: string): Promise<Fault | undefined>;
  /** Signs them out as well: what they have open was opened in the other role. */
  setRole(by: By, person: string, role: Role): Promise<Fault | undefined>;
  /** Signs them out as well. */
  setPassword(by: By, person: string, password: string): Promise<Fault | undefined>;
  /** By whoever knows the old one: their other sessions end, this one goes on. @returns Fault `password-weak` */
  changeOwnPassword(who: Present, password: string): Promise<Fault | undefined>;
  /** Passkeys, authenticator app and recovery codes; signs them out as well, and is told to them at the next sign-in. */
  resetSecondFactor(by: By, person: string): Promise<Fault | undefined>;
  remove(by: By, person: string): Promise<Fault | undefined>;
}

export function openStaff(parts: {
  readonly store: Store;
  readonly audit: Audit;
  readonly operators: Pick<Operators, 'hash' | 'seenAt'>;
}): Staff {
  const { store, audit, operators } = parts;
  // As the sign-in library counts them.
  const sessions = () => openSessions(store.db, systemClock.now());

  async function change(
    by: By,
    person: string,
    what: AuditWhat,
    deed: (tx: Tx, row: OperatorRow, at: Instant) => Promise<void>,
    details: Readonly<Record<string, string>> = {},
  ): Promise<Fault | undefined> {
    return store.write(async (tx) => {
      const row = await findOperator(tx.db, person);
      if (!row) return nobody();
      const operator = by.id && { operator: by.id };
      const { at } = await audit.append(tx, by.name, what, person, { name: row.name, ...details, ...operator });
      await deed(tx, row, parseInstant(at));
      return undefined;
    });
  }

  return {
    async all(own, organisation) {
      const open = await sessions();
      const factors = await secondFactorsOfAll(store.db);
      const people = (await allOperators(store.db)).filter(
        (one) => organisation === undefined || one.organisation === organisation,
      );
      return people.map(({ id, name, email, role }) => ({
        person: id,
        name,
        email,
        role: Role.parse(role),
        passkeys: factors.get(id)?.passkeys ?? 0,
        hasCodes: factors.get(id)?.hasCodes ?? false,
        sessions: open
          .filter(({ operator }) => operator === id)
          .map((session) => {
            const seenAt = operators.seenAt(session.id) ?? session.seenAt;
            return {
              session: session.id,
              since: session.since,
              own: session.id === own,
              assurance: Assurance.catch(1).parse(session.assurance),
              ...(seenAt !== undefined && { seenAt: printInstant(seenAt) }),
              ...(session.device && { device: session.device }),
            };
          }),
      }));
    },
    async endSession(by, session) {
      const found = (await sessions()).find(({ id }) => id === session);
      if (!found) return new Fault('not-found', 'This session is over already.');
      return change(by, found.operator, 'sessions-ended', ({ db }) => deleteSession(db, session), { session });
    },
    endSessions: (by, person) => change(by, person, 'sessions-ended', ({ db }) => deleteSessionsOf(db, person)),
    async setRole(by, person, role) {
      if (by.id === person) return own();
      const deed = async ({ db }: Tx) => {
        await updateRole(db, person, role);
        await deleteSessionsOf(db, person);
      };
      return change(by, person, 'role-changed', deed, { role });
    },
    async setPassword(by, person, password) {
      const row = await findOperator(store.db, person);
      if (!row) return nobody();
      const weak = await checkPassword(password, [row.email, row.name]);
      if (weak) return weak;
      const hash = await operators.hash(password);
      return change(by, person, 'password-set', async ({ db }) => {
        await updatePassword(db, person, hash);
        await deleteSessionsOf(db, person);
      });
    },
    async changeOwnPassword(who, password) {
      const weak = await checkPassword(password, [who.email, who.name]);
      if (weak) return new Fault('password-weak', weak.message);
      const hash = await operators.hash(password);
      return change(who, who.id, 'password-changed', async ({ db }) => {
        await updatePassword(db, who.id, hash);
        await deleteOtherSessionsOf(db, who.id, who.session);
      });
    },
    async resetSecondFactor(by, person) {
      if (by.id === person) return own();
      return change(by, person, 'second-factor-reset', async ({ db }, _row, at) => {
        await deleteSecondFactors(db, person);
        await addNews(db, { person, what: 'reset', at, who: by.name });
        await deleteSessionsOf(db, person);
      });
    },
    async remove(by, person) {
      if (by.id === person) return own();
      return change(by, person, 'operator-removed', ({ db }) => deleteOperator(db, person));
    },
  };
}

const nobody = () => new Fault('not-found', 'There is no such person.');
const own = () => new Fault('not-now', 'Nobody can change or remove themselves. Ask another coordinator.');
