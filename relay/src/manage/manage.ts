/**
 * Commands that look after people and units. They write in the same database as a relay that runs beside them, which notices it:
 * sockets and MQTT connections are cut at once.
 */
import { Role } from '@nattfrid/shared/desk/role';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { printInstant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import type { Operators } from '../operators/operators.ts';
import { openStaff, type Staff } from '../operators/staff.ts';
import { addOrganisation } from '../organisations/add-organisation.ts';
import { allOrganisations } from '../store/agreements-table.ts';
import type { Store } from '../store/database.ts';
import { forgetLevels } from '../store/sign-in-settings-table.ts';
import { saveSureTime } from '../store/sure-time-table.ts';
import { allUnits } from '../store/units-table.ts';
import { newToken, removeUnit, replaceUnit } from '../units/end-unit.ts';
import { allTokens } from '../units/tokens.ts';

export interface ManageParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly operators: Operators;
  readonly clock: Pick<Clock, 'now'>;
  readonly publicKey: string | undefined;
  /** @returns the password, and what to print of it */
  readonly password: () => Promise<{ readonly password: string; readonly made: boolean }>;
}

type Command = (parts: ManageParts, words: readonly string[]) => Promise<string | Fault>;

/** In the audit log. */
const by = { name: 'relay' } as const;

/** For --help: how each is called, and what it does. */
export const manageUsage: readonly (readonly [string, string])[] = [
  [
    'add-organisation ORGANISATION NAME municipality|operator',
    'makes another organisation known, which shares this relay; what is of one, no other sees without an agreement',
  ],
  ['organisations', 'which organisations there are'],
  ['operators', 'who may sign in, and where they are signed in'],
  ['end-sessions EMAIL', 'signs somebody out everywhere'],
  ['set-role EMAIL ROLE', 'changes what somebody may do, and signs them out'],
  ['set-password EMAIL', 'sets a password as add-operator does, and signs them out'],
  [
    'reset-second-factor EMAIL',
    "takes somebody's passkeys, authenticator app and recovery codes away, and signs them out",
  ],
  [
    'forget-levels ORGANISATION',
    'a password is enough for everything again there; for whoever has asked too much of themselves',
  ],
  ['remove-operator EMAIL', 'takes somebody away, and signs them out'],
  ['units', 'which units there are'],
  ['tokens', 'since when each unit has its token, and who made it'],
  ['new-token UNIT', "prints the unit's new token, once; the old one opens nothing from now on"],
  ['remove-unit UNIT', 'takes a unit out, and cuts it'],
  ['replace-unit UNIT --public-key KEY', 'another unit takes its name, home and place; prints its token, once'],
  [
    'confirm-clock',
    "what is old enough by this machine's clock may be erased again, where it was doubted; look at the date first",
  ],
];

export const manageCommands: Readonly<Record<string, Command>> = {
  async 'add-organisation'(parts, [organisation, name, kind]) {
    if (!organisation || !name || !kind) return needed('add-organisation ORGANISATION NAME municipality|operator');
    return (await addOrganisation(parts, { organisation, name, kind })) ?? '';
  },
  async organisations({ store }) {
    const all = await allOrganisations(store.db);
    return lines(all.map(({ organisation, kind, name }) => [organisation, kind, name].join('\t')));
  },
  async operators({ store, audit, operators }) {
    const people = await openStaff({ store, audit, operators }).all();
    return lines(
      people.flatMap(({ email, name, role, sessions }) => [
        [email, role, name].join('\t'),
        ...sessions.map(({ since, seenAt, device }) =>
          ['', `signed in ${since}`, `last seen ${seenAt ?? since}`, device ?? 'unknown device'].join('\t'),
        ),
      ]),
    );
  },
  'end-sessions': (parts, [email]) => withPerson(parts, email, (staff, person) => staff.endSessions(by, person)),
  'remove-operator': (parts, [email]) => withPerson(parts, email, (staff, person) => staff.remove(by, person)),
  'reset-second-factor': (parts, [email]) =>
    withPerson(parts, email, (staff, person) => staff.resetSecondFactor(by, person)),
  async 'forget-levels'({ store, audit }, [organisation]) {
    if (!organisation) return needed('forget-levels ORGANISATION');
    return store.write(async (tx) => {
      await audit.append(tx, by.name, 'sign-in-set', organisation, { lookAssurance: '1' });
      if (await forgetLevels(tx.db, organisation)) return '';
      return new Fault('not-found', `No levels are set for an organisation ${organisation}.`);
    });
  },
  async 'set-role'(parts, [email, given]) {
    const role = Role.safeParse(given);
    if (!role.success) return needed(`set-role EMAIL ROLE, one of ${Role.options.join(', ')}`);
    return withPerson(parts, email, (staff, person) => staff.setRole(by, person, role.data));
  },
  async 'set-password'(parts, [email]) {
    let printed = '';
    const set = await withPerson(parts, email, async (staff, person) => {
      const { password, made } = await parts.password();
      if (made) printed = `${password}\n`;
      return staff.setPassword(by, person, password);
    });
    return set instanceof Fault ? set : printed;
  },
  async 'confirm-clock'({ store, audit, clock }) {
    const now = clock.now();
    await store.write(async (tx) => {
      await audit.append(tx, by.name, 'clock-confirmed', 'relay', { wall: printInstant(now) });
      await saveSureTime(tx.db, now);
    });
    return `${printInstant(now)}\n`;
  },
  async units({ store }) {
    const units = await allUnits(store.db);
    return lines(
      units.map(({ unit, client, place, presence }) => [unit, client, place ?? '', presence.name].join('\t')),
    );
  },
  async tokens({ store }) {
    const tokens = await allTokens(store.db);
    return lines(tokens.map(({ unit, madeAt, madeBy }) => [unit, madeAt ?? '', madeBy ?? ''].join('\t')));
  },
  async 'new-token'(parts, [unit]) {
    if (!unit) return needed('new-token UNIT');
    const made = await newToken(parts, by, unit);
    return made instanceof Fault ? made : `${made.token}\n`;
  },
  async 'remove-unit'(parts, [unit]) {
    if (!unit) return needed('remove-unit UNIT');
    return (await removeUnit(parts, by, unit)) ?? '';
  },
  async 'replace-unit'(parts, [unit]) {
    if (!unit || !parts.publicKey) return needed('replace-unit UNIT --public-key KEY');
    const made = await replaceUnit(parts, by, unit, parts.publicKey);
    if (made instanceof Fault) return made;
    if (made.planGone)
      process.stderr.write('Its plan named the old key and is gone: have a new one signed and sent.\n');
    return `${made.token}\n`;
  },
};

async function withPerson(
  { store, audit, operators }: ManageParts,
  email: string | undefined,
  deed: (staff: Staff, person: string) => Promise<Fault | undefined>,
): Promise<string | Fault> {
  if (!email) return needed('whose EMAIL');
  const staff = openStaff({ store, audit, operators });
  const found = (await staff.all()).find((one) => one.email.toLowerCase() === email.toLowerCase());
  if (!found) return new Fault('not-found', `There is nobody with the address ${email}.`);
  return (await deed(staff, found.person)) ?? '';
}

/** For a command that lacks an argument. */
export const needed = (words: string): Fault => new Fault('config-invalid', `Needed: ${words}.`);
const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
