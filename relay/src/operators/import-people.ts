/** Who may sign in, brought in line with a file: each line as one deed of its own, after the same check as a dry run shows. */
import type { ImportedPerson } from '@nattfrid/shared/desk/connections-routes';
import { Role } from '@nattfrid/shared/desk/role';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Audit } from '../audit/audit.ts';
import type { Store } from '../store/database.ts';
import { allOperators } from '../store/operators-table.ts';
import { addOperator } from './add-operator.ts';
import type { Operators, Present } from './operators.ts';
import { makePassword } from './password.ts';
import { type ImportStep, planImport } from './plan-import.ts';
import type { Staff } from './staff.ts';

/**
 * @param tellsPasswords never to a key: whoever holds it could sign in as those whom it adds. They get one from a person who knows them
 * @param isOver nothing more is done from then on
 * @returns what was done, or in a dry run would be, line by line
 */
export async function importPeople(
  parts: {
    readonly store: Store;
    readonly audit: Audit;
    readonly operators: Operators;
    readonly staff: Staff;
  },
  who: Present,
  { csv, dryRun }: { readonly csv: string; readonly dryRun: boolean },
  tellsPasswords: boolean,
  isOver: () => boolean,
): Promise<readonly ImportedPerson[] | Fault> {
  const { store, audit, staff } = parts;
  const known = (await allOperators(store.db))
    // Of another organisation nobody is seen, and no line is about them.
    .filter(({ organisation }) => organisation === who.organisation)
    .map(({ id, name, email, role }) => ({ person: id, name, email, role: Role.parse(role) }));
  const steps = planImport(csv, known);
  if (steps instanceof Fault) return steps;
  const many = Object.entries(Object.groupBy(steps, ({ what }) => what)).map(([what, some]) => [
    what,
    String(some.length),
  ]);
  const details = { ...Object.fromEntries(many), dryRun: String(dryRun), operator: who.id };
  await audit.write(who.name, 'people-imported', 'people', details);
  const done: ImportedPerson[] = [];
  for (const step of steps) {
    if (isOver()) break;
    done.push(dryRun ? shown(step) : await carryOut(step));
  }
  return done;

  async function carryOut(step: ImportStep): Promise<ImportedPerson> {
    switch (step.what) {
      case 'added': {
        const password = makePassword();
        const { email, name, role } = step;
        const added = await addOperator(parts, { email, name, role, organisation: who.organisation }, password, who);
        if (added instanceof Fault) return wrong(step, added);
        return { ...shown(step), ...(tellsPasswords && { password }) };
      }
      case 'role-changed':
        return outcome(step, await staff.setRole(who, step.person, step.role));
      case 'removed':
        return outcome(step, await staff.remove(who, step.person));
      default:
        return shown(step);
    }
  }
}

const shown = ({ line, email, what, ...rest }: ImportStep): ImportedPerson => ({
  ...{ line, email, what },
  ...('why' in rest && { why: rest.why }),
});
const wrong = ({ line, email }: ImportStep, { message }: Fault): ImportedPerson => ({
  ...{ line, email, what: 'wrong', why: message.slice(0, 300) },
});
const outcome = (step: ImportStep, fault: Fault | undefined): ImportedPerson =>
  fault ? wrong(step, fault) : shown(step);
