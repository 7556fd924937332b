/** A plan is signed: each letter is exactly what the form says for its unit, by a municipality's key, which the relay does not have. */
import { isDeepStrictEqual } from 'node:util';
import { planOfForm } from '@nattfrid/shared/care/plan-of-form';
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { startOfDay } from '@nattfrid/shared/domain/window';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Instant, instant, parseInstant } from '@nattfrid/shared/time/instant';
import type { PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import { notForUnit } from '../plans/plan-for-unit.ts';
import type { Plans } from '../plans/plans.ts';
import type { Signed } from '../record/care-plan.ts';
import type { CarePlanRow } from '../store/care-plans-table.ts';
import type { Db } from '../store/database.ts';
import type { AroundClient } from './around-client.ts';
import { lackingIn, nextVersion, planIdOf } from './client-views.ts';

interface SignedLetter {
  readonly letter: PlanLetter;
  readonly plan: Plan;
  readonly municipality: string;
}

export interface CheckedSigning {
  readonly row: CarePlanRow;
  readonly letters: readonly SignedLetter[];
  readonly signed: Omit<Signed, 'by'>;
}

/** @returns what is to be kept, or in words why it is not what the form says */
export async function checkSigning(
  parts: { readonly db: Db; readonly plans: Plans; readonly clock: Clock },
  around: AroundClient,
  { edition, letters }: Asked<'signPlan'>,
): Promise<CheckedSigning | Fault> {
  const { db, plans, clock } = parts;
  const newest = around.editions[0];
  const form = newest?.form;
  if (!newest || !form) return new Fault('not-now', 'There is no plan yet: draft one first.');
  const { facts, name } = newest.row.plan;
  if (facts.edition !== edition)
    return new Fault(
      'not-now',
      `This is edition ${edition}; edition ${facts.edition} is the newest. Read it, and sign that one.`,
    );
  if (name !== 'drafted' && name !== 'complete')
    return new Fault('not-now', `Edition ${edition} is ${name} already. Draft it anew to change it.`);
  const lacking = lackingIn(form, around);
  if (lacking.length > 0) {
    const fields = lacking.map(({ field, why }) => `${field} (${why})`).join(', ');
    return new Fault('request-invalid', `This plan is not complete, and cannot be signed: ${fields}.`);
  }
  const now = clock.now();
  const other = around.editions.find(({ row: { plan } }) => plan.name === 'in-force');
  if (other && facts.from > now)
    return new Fault(
      'not-now',
      `Edition ${other.row.plan.facts.edition} is in force, and a unit keeps one plan alone: it would watch nothing until ${form.from}. Sign this one on that day, or let it begin today.`,
    );
  const found: SignedLetter[] = [];
  for (const letter of letters) {
    const opened = await plans.open(letter);
    if (opened instanceof Fault) return opened;
    const row = around.units.find(({ unit }) => unit === opened.plan.unit);
    if (!row) return new Fault('request-invalid', `${opened.plan.unit} is no unit of this client.`);
    const version = await nextVersion(db, row);
    const expected = planOfForm(form, around.consents, {
      plan: planIdOf(facts, row.unit),
      version,
      unit: row.unit,
      unitKey: row.publicKey,
      client: around.row.alias,
    });
    if (expected instanceof Fault) return expected;
    const field = differing(expected, opened.plan);
    if (field)
      return new Fault(
        'request-invalid',
        `What was signed for ${row.unit} is not edition ${edition} of the plan: «${field}» differs. Load the plan anew, and sign it again.`,
      );
    const fault = notForUnit(row, opened.plan, opened.municipality);
    if (fault) return fault;
    found.push({ letter, ...opened });
  }
  const named = new Set(found.map(({ plan }) => plan.unit));
  if (named.size < found.length) return new Fault('request-invalid', 'One unit has two letters.');
  const missing = around.units.find(({ unit }) => !named.has(unit));
  if (missing)
    return new Fault('request-invalid', `The plan for ${missing.unit} is missing: one letter for each unit.`);
  return {
    row: newest.row,
    letters: found,
    signed: {
      at: now,
      begins: beginsAt(found.map(({ plan }) => plan)),
      units: found.map(({ plan }) => ({ unit: plan.unit, plan: plan.plan, version: plan.version, has: 'sent' })),
    },
  };
}

function differing(expected: Plan, given: Plan): string | undefined {
  const fields = new Set([...Object.keys(expected), ...Object.keys(given)]) as Set<keyof Plan>;
  return [...fields].find((field) => !isDeepStrictEqual(expected[field], given[field]));
}

/** As the unit counts: not before the day of each consent. */
function beginsAt(plans: readonly Plan[]): Instant {
  const moments = plans.flatMap(({ validFrom, consents: { technology, supervision, cohabitants } }) => [
    parseInstant(validFrom),
    ...[technology, supervision, cohabitants].flatMap((day) => (day === 'lives-alone' ? [] : [startOfDay(day)])),
  ]);
  return instant(Math.max(...moments));
}
