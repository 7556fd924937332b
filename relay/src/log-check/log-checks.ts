/** Checks of the log: made for a time, gone through by a person, signed off; who is checked signs nothing off. */
import type { Checked, CheckedAccess, LogCheck } from '@nattfrid/shared/desk/follow-up-view';
import type { Organisation } from '@nattfrid/shared/desk/organisation';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import { dayOf, startOfDay } from '@nattfrid/shared/domain/window';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { days, milliseconds } from '@nattfrid/shared/time/duration';
import { after, printInstant } from '@nattfrid/shared/time/instant';
import { needsReview } from '../record/break-glass.ts';
import { lastAuditLine } from '../store/audit-table.ts';
import { breakGlassBetween } from '../store/break-glass-table.ts';
import type { Db, Store } from '../store/database.ts';
import {
  accessesOf,
  checkedUntil,
  findAccess,
  findLogCheck,
  isChecked,
  logChecksOf,
  saveAccesses,
  saveLogCheck,
} from '../store/follow-up-table.ts';
import { looksBetween } from '../store/outcomes-table.ts';
import { accessesBetween } from './accesses.ts';
import { type Access, drawn, odditiesOf, type Shift } from './oddities.ts';

export interface LogChecks {
  of(organisation: Organisation): Promise<{ readonly checks: readonly LogCheck[]; readonly dueSince?: string }>;
  make(
    organisation: Organisation,
    period: { readonly from: string; readonly until: string },
    by: string,
  ): Promise<LogCheck | Fault>;
  /** After a line of the log, a hundred at most. */
  accesses(
    organisation: Organisation,
    id: string,
    after: number,
  ): Promise<{ readonly accesses: readonly CheckedAccess[]; readonly more: boolean } | Fault>;
  /** Somebody has looked at one access of it. */
  check(organisation: Organisation, id: string, access: string, said: Said): Promise<LogCheck | Fault>;
  signOff(organisation: Organisation, id: string, by: string, words: string): Promise<LogCheck | Fault>;
}

interface Said {
  readonly checked: Checked;
  readonly words?: string | undefined;
}

/** Accesses that a screen is given at once. */
const atOnce = 100;

/** How often the log is checked at least: «systematiska och återkommande». */
const every = days(31);

export function openLogChecks(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly shifts: (organisation: Organisation) => Promise<readonly Shift[]>;
  readonly familyOf: (organisation: Organisation) => Promise<(client: ClientAlias) => readonly string[]>;
}): LogChecks {
  const { store, clock, newId } = parts;

  async function change(
    organisation: Organisation,
    id: string,
    deed: (db: Db, check: LogCheck) => Promise<LogCheck | Fault>,
  ): Promise<LogCheck | Fault> {
    return store.write(async ({ db }) => {
      const check = await findLogCheck(db, organisation, id);
      if (!check) return noCheck();
      if (check.signedOffAt) return new Fault('not-now', `This check was signed off by ${check.signedOffBy}.`);
      const next = await deed(db, check);
      if (!(next instanceof Fault)) await saveLogCheck(db, organisation, next);
      return next;
    });
  }

  /** What two people have opened in the time of a check, and nobody has looked at. */
  async function unreviewedIn(organisation: Organisation, id: string): Promise<number> {
    const check = await findLogCheck(store.db, organisation, id);
    if (!check) return 0;
    const times = { from: startOfDay(check.from), until: startOfDay(check.until) };
    return (await breakGlassBetween(store.db, { organisation, ...times })).filter(needsReview).length;
  }

  return {
    async of(organisation) {
      const checks = await logChecksOf(store.db, organisation);
      const newest = await checkedUntil(store.db, organisation);
      const isDue = newest === undefined || startOfDay(newest) < after(clock.now(), milliseconds(-every));
      return { checks, ...(isDue && { dueSince: newest ?? dayOf(clock.now()) }) };
    },
    async accesses(organisation, id, after) {
      if (!(await findLogCheck(store.db, organisation, id))) return noCheck();
      const some = await accessesOf(store.db, id, after, atOnce + 1);
      return { accesses: some.slice(0, atOnce), more: some.length > atOnce };
    },
    async make(organisation, { from, until }, by) {
      const times = { from: startOfDay(from), until: startOfDay(until) };
      if (!(times.from < times.until)) return new Fault('request-invalid', 'The last day must come after the first.');
      const looks = await looksBetween(store.db, {
        organisations: [organisation],
        // A look that was due before the time may have been opened in it.
        from: after(times.from, milliseconds(-days(2))),
        until: times.until,
      });
      const accesses = await accessesBetween(
        store.db,
        { organisation, ...times },
        new Map(looks.map((look) => [look.facts.look, look])),
      );
      const known = { shifts: await parts.shifts(organisation), familyOf: await parts.familyOf(organisation) };
      const head = (await lastAuditLine(store.db))?.hash ?? '';
      const lot = new Set(
        drawn(
          accesses.filter(({ isRefusal }) => !isRefusal),
          head,
        ),
      );
      const found = accesses.flatMap((access) => {
        const oddities = odditiesOf(access, accesses, known);
        return oddities.length > 0 || lot.has(access)
          ? [{ ...viewOf(access), oddities, checked: 'not-yet' as const }]
          : [];
      });
      const made = { check: newId(), from, until, madeAt: printInstant(clock.now()), madeBy: by };
      const counts = { accesses: accesses.length, found: found.length, left: found.length };
      const check: LogCheck = { ...made, ...counts };
      await store.write(async ({ db }) => {
        await saveLogCheck(db, organisation, check);
        await saveAccesses(db, check.check, found);
      });
      return check;
    },
    check: (organisation, id, access, { checked, words }) =>
      change(organisation, id, async (db, check) => {
        const before = await findAccess(db, id, access);
        if (!before) return new Fault('not-found', 'This access is not part of the check.');
        if (checked === 'follow-up' && !words)
          return new Fault('request-invalid', 'What is to be followed up needs a sentence that says what.');
        await saveAccesses(db, id, [{ ...before, checked, ...(words && { words }) }]);
        return before.checked === 'not-yet' ? { ...check, left: check.left - 1 } : check;
      }),
    async signOff(organisation, id, by, words) {
      const unreviewed = await unreviewedIn(organisation, id);
      return change(organisation, id, async (db, check) => {
        if (unreviewed > 0)
          return new Fault('not-now', `${unreviewed} break-glass accesses of this time have not been looked at yet.`);
        if (check.left > 0) return new Fault('not-now', `${check.left} accesses have not been looked at yet.`);
        if (await isChecked(db, id, by))
          return new Fault('not-allowed', 'Your own accesses are part of this check: somebody else signs it off.');
        return { ...check, signedOffBy: by, signedOffAt: printInstant(clock.now()), words };
      });
    },
  };
}

const noCheck = () => new Fault('not-found', 'There is no such check.');

const viewOf = ({ access, line, who, client, look, what, at, seconds }: Access) => ({
  ...{ access, line, who, what, at: printInstant(at) },
  ...(client && { client }),
  ...(look && { look }),
  ...(seconds !== undefined && { seconds }),
});
