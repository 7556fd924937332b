/** All that is known of a client, opened: details, decision, consents and the editions of the plan. Reads only. */
import { PersonalDetails } from '@nattfrid/shared/care/client';
import { type ConsentRecord, GivenConsent, Withdrawn } from '@nattfrid/shared/care/consent-record';
import { Decision } from '@nattfrid/shared/care/decision';
import { PlanForm } from '@nattfrid/shared/care/plan-form';
import type { ClientId } from '@nattfrid/shared/domain/ids';
import { dayAfter, startOfDay } from '@nattfrid/shared/domain/window';
import { type Instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Sealer, Where } from '../personal/sealer.ts';
import { type CarePlanRow, carePlansOf } from '../store/care-plans-table.ts';
import { type ClientRow, newestDecision } from '../store/clients-table.ts';
import { consentsOf } from '../store/consents-table.ts';
import type { Db } from '../store/database.ts';
import { teamsOf } from '../store/teams-table.ts';
import { type UnitRow, unitsOfClient } from '../store/units-table.ts';

/** Where each sealed text of a client stands. */
export const places = {
  personal: (client: string): Where => ({ table: 'clients', column: 'sealed', row: client }),
  endedWhy: (client: string): Where => ({ table: 'clients', column: 'ended_why', row: client }),
  decision: (decision: string): Where => ({ table: 'decisions', column: 'body', row: decision }),
  consent: (consent: string): Where => ({ table: 'consents', column: 'body', row: consent }),
  withdrawn: (consent: string): Where => ({ table: 'consents_withdrawn', column: 'body', row: consent }),
  form: (carePlan: string): Where => ({ table: 'care_plans', column: 'body', row: carePlan }),
} as const;

export interface Edition {
  readonly row: CarePlanRow;
  /** undefined: erased. */
  readonly form: PlanForm | undefined;
}

export interface AroundClient {
  readonly row: ClientRow;
  readonly personal: PersonalDetails;
  readonly decision: Decision | undefined;
  /** The decision is over from then on. */
  readonly decidedUntil: Instant | undefined;
  readonly consents: readonly ConsentRecord[];
  /** The newest first. */
  readonly editions: readonly Edition[];
  readonly units: readonly UnitRow[];
  /** Of its organisation: those that an action card may name. */
  readonly teams: ReadonlySet<string>;
}

/** @throws Fault of the sealer, where the key is missing, another one, or what was sealed is broken */
export async function aroundClient(db: Db, sealer: Sealer, row: ClientRow): Promise<AroundClient> {
  const open = (sealed: string, where: Where): unknown => JSON.parse(sealer.open(sealed, where));
  const decided = await newestDecision(db, row.client);
  const decision =
    decided?.body === undefined ? undefined : Decision.parse(open(decided.body, places.decision(decided.decision)));
  return {
    row,
    // Of an erased client what is left is the alias.
    personal:
      row.personal === undefined
        ? { name: row.alias, address: '–' }
        : PersonalDetails.parse(open(row.personal, places.personal(row.client))),
    decision,
    decidedUntil: decision?.until === undefined ? undefined : startOfDay(dayAfter(decision.until)),
    consents: await openConsents(db, sealer, row.client),
    editions: (await carePlansOf(db, row.client)).map((one) => ({ row: one, form: formOf(sealer, one) })),
    units: (await unitsOfClient(db, row.alias)).filter(({ organisation }) => organisation === row.organisation),
    teams: await teamsOf(db, row.organisation),
  };
}

export function formOf(sealer: Sealer, { plan, body }: CarePlanRow): PlanForm | undefined {
  if (body === undefined) return undefined;
  return PlanForm.parse(JSON.parse(sealer.open(body, places.form(plan.facts.carePlan))));
}

async function openConsents(db: Db, sealer: Sealer, client: ClientId): Promise<readonly ConsentRecord[]> {
  const found: ConsentRecord[] = [];
  for (const { consent, body, recordedBy, recordedAt, withdrawn, withdrawnAt } of await consentsOf(db, client)) {
    if (body === undefined) continue;
    found.push({
      consent,
      given: GivenConsent.parse(JSON.parse(sealer.open(body, places.consent(consent)))),
      recordedBy,
      recordedAt: printInstant(recordedAt),
      ...(withdrawnAt !== undefined && {
        withdrawn:
          withdrawn === undefined
            ? { at: printInstant(withdrawnAt), by: '–', saidBy: 'client' as const }
            : Withdrawn.parse(JSON.parse(sealer.open(withdrawn, places.withdrawn(consent)))),
      }),
    });
  }
  return found;
}
