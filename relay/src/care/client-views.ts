/** What the console is shown of a client, and of each in a list. Reads only. */

import type { Lacking } from '@nattfrid/shared/care/lacking-in-plan';
import { lackingInPlan } from '@nattfrid/shared/care/lacking-in-plan';
import type { PlanForm } from '@nattfrid/shared/care/plan-form';
import type { CarePlanView, ClientEntry, ClientView } from '@nattfrid/shared/desk/client-view';
import type { PlanId, UnitId } from '@nattfrid/shared/domain/ids';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import { type CarePlanFacts, isOn } from '../record/care-plan.ts';
import { haltView } from '../record/home-halt.ts';
import type { Db } from '../store/database.ts';
import { derivedId } from '../store/derived-id.ts';
import { homeHalt } from '../store/home-halts-table.ts';
import { newestPlan } from '../store/plans-table.ts';
import type { UnitRow } from '../store/units-table.ts';
import type { AroundClient, Edition } from './around-client.ts';

export const lackingIn = (form: PlanForm, { decision, consents, units, teams }: AroundClient): readonly Lacking[] =>
  lackingInPlan(form, { decision, consents, places: units.map(({ place }) => place), teams });

/** The same however often it is asked for: what is signed is what was shown. */
export const planIdOf = ({ carePlan, edition }: CarePlanFacts, unit: UnitId): PlanId =>
  derivedId('plan-of-form', carePlan, edition, unit) as PlanId;

/** Above every plan that the unit has been sent, and above the one that it says it has. */
export async function nextVersion(db: Db, { unit, announced }: UnitRow): Promise<number> {
  const sent = (await newestPlan(db, unit))?.version ?? 0;
  return Math.max(sent, announced?.plan?.version ?? 0) + 1;
}

export async function clientView(db: Db, around: AroundClient, now: Instant): Promise<ClientView> {
  const { row, personal, decision, consents, editions } = around;
  const halt = haltView(await homeHalt(db, row.alias), now);
  const newest = editions[0];
  const governs = editions.find(({ row: { plan } }) => plan.name === 'in-force');
  const plan = newest?.form && (await carePlanView(db, around, newest, newest.form));
  return {
    client: row.client,
    alias: row.alias,
    organisation: row.organisation,
    state: row.state,
    personal,
    ...(decision && { decision }),
    consents,
    ...(halt && { halt }),
    ...(plan && { plan }),
    ...(governs &&
      governs !== newest && {
        inForce: { edition: governs.row.plan.facts.edition, until: governs.row.untilDay },
      }),
  };
}

async function carePlanView(
  db: Db,
  around: AroundClient,
  { row: { plan } }: Edition,
  form: PlanForm,
): Promise<CarePlanView> {
  const { facts } = plan;
  const signed = 'signed' in plan ? plan.signed : undefined;
  const isDraft = plan.name === 'drafted' || plan.name === 'complete';
  const units: CarePlanView['units'][number][] = [];
  for (const row of around.units) {
    const { unit, place, publicKey: unitKey } = row;
    const sent = signed?.units.find((one) => one.unit === unit);
    if (!sent && signed) continue;
    units.push({
      unit,
      ...(place && { place }),
      unitKey,
      plan: sent?.plan ?? planIdOf(facts, unit),
      version: sent?.version ?? (await nextVersion(db, row)),
      has: sent?.has ?? 'nothing',
      ...(sent?.why && { why: sent.why }),
    });
  }
  return {
    carePlan: facts.carePlan,
    edition: facts.edition,
    state: plan.name,
    form,
    lacking: isDraft || isOn(plan) ? lackingIn(form, around) : [],
    ...(signed && { signedBy: signed.by, signedAt: printInstant(signed.at) }),
    units,
  };
}

export async function clientEntry(db: Db, around: AroundClient, now: Instant): Promise<ClientEntry> {
  const { row, personal, editions } = around;
  const newest = editions[0];
  const halt = haltView(await homeHalt(db, row.alias), now);
  const isDraft = newest?.row.plan.name === 'drafted' || newest?.row.plan.name === 'complete';
  return {
    client: row.client,
    alias: row.alias,
    name: personal.name,
    state: row.state,
    ...(newest && { plan: newest.row.plan.name, until: newest.row.untilDay }),
    lacking: newest?.form && isDraft ? lackingIn(newest.form, around).length : 0,
    ...(halt && { halt }),
  };
}
