/** Who has done what at least once, read out of the audit log: nobody ticks anything. */
import { type PersonSteps, stepsOf, stepWhats } from '@nattfrid/shared/desk/first-steps';
import { firstOrganisation, type Organisation } from '@nattfrid/shared/desk/organisation';
import { Role } from '@nattfrid/shared/desk/role';
import { newestOf } from '../store/audit-table.ts';
import type { Db } from '../store/database.ts';
import { allOperators } from '../store/operators-table.ts';

export async function firstSteps(db: Db, organisation: Organisation): Promise<readonly PersonSteps[]> {
  const whats = [...new Set(Object.values(stepWhats).flat())];
  const people = (await allOperators(db)).filter((one) => (one.organisation ?? firstOrganisation) === organisation);
  const newest = await newestOf(
    db,
    people.map(({ id }) => id),
    whats,
  );
  return people.map(({ id, name, role: given }) => {
    const role = Role.parse(given);
    const done = stepsOf[role].flatMap((step) => {
      const times = stepWhats[step].flatMap((what) => newest.get(`${id} ${what}`) ?? []);
      const last = times.toSorted().at(-1);
      return last ? [[step, last] as const] : [];
    });
    return { person: id, name, role, done: Object.fromEntries(done) };
  });
}
