/** Visits come back by themselves where there is no digital supervision: looked through again and again, each time needed once. */
import type { PlanForm } from '@nattfrid/shared/care/plan-form';
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import { hours, milliseconds } from '@nattfrid/shared/time/duration';
import { after, type Instant } from '@nattfrid/shared/time/instant';
import type { Audit } from '../audit/audit.ts';
import { type AroundClient, aroundClient } from '../care/around-client.ts';
import type { Sealer } from '../personal/sealer.ts';
import type { KnownCarePlan } from '../record/care-plan.ts';
import { enrolledClients } from '../store/clients-table.ts';
import type { Store } from '../store/database.ts';
import { homeHalts } from '../store/home-halts-table.ts';
import { insertPhysicalVisit, knownPhysicalVisits } from '../store/physical-visits-table.ts';
import type { UnitRow } from '../store/units-table.ts';
import type { Visits } from '../visits/visits.ts';
import { type PhysicalVisit, physicalVisits } from './physical-visits.ts';

/** A relay that stood still so long still sends somebody: later, nobody would go for that time any more. */
const back = hours(8);

export interface PhysicalSupervision {
  tick(): Promise<void>;
}

export function openPhysicalSupervision(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly sealer: Sealer;
  readonly visits: Visits;
}): PhysicalSupervision {
  const { store, clock, audit, sealer, visits } = parts;

  async function go(alias: ClientAlias, unit: UnitId, needed: readonly PhysicalVisit[]): Promise<void> {
    const known = await knownPhysicalVisits(
      store.db,
      needed.map(({ id }) => id),
    );
    const fresh = needed.filter(({ id }) => !known.has(id));
    if (fresh.length === 0) return;
    await store.write(async (tx) => {
      for (const { id, at } of fresh) {
        const visit = await visits.need(tx, { unit, client: alias, why: 'no-supervision' });
        await insertPhysicalVisit(tx.db, { id, alias, visit, at });
        await audit.append(tx, 'relay', 'visit-instead', alias, { visit, at: new Date(at).toISOString() });
      }
    });
  }

  return {
    async tick() {
      if (sealer.fault) return;
      const to = clock.now();
      const from = after(to, milliseconds(-back));
      const halts = await homeHalts(store.db);
      for (const row of await enrolledClients(store.db)) {
        const around = await aroundClient(store.db, sealer, row);
        const halt = halts.get(row.alias);
        const { decidedUntil } = around;
        const isWell = around.units.length > 0 && around.units.every(isThere);
        for (const { form, inForce, unit: before, before: newer } of governing(around)) {
          const unit = around.units[0]?.unit ?? before;
          const asked = { client: row.client, form, inForce, halt, decidedUntil, isWell, from, to };
          const needed = physicalVisits(asked).filter(({ at }) => at < newer);
          if (unit) await go(row.alias, unit, needed);
        }
      }
    },
  };
}

/** It can look: not silent, its camera not lost, and not dark by what was done at the unit itself. */
const isThere = ({ presence, vitals }: UnitRow): boolean =>
  presence.name !== 'silent' && vitals?.camera !== 'lost' && !(vitals?.halt && dark.includes(vitals.halt.why));
const dark: readonly string[] = ['privacy-switch', 'switch-unreadable', 'technician'];

interface Governing {
  readonly form: PlanForm;
  readonly inForce: { readonly since: Instant; readonly until: Instant };
  readonly unit: UnitId | undefined;
  /** A newer edition is in force from then on. */
  readonly before: number;
}

/** The editions that have been in force: what one says of visits holds until a newer one is. */
function governing({ editions }: AroundClient): readonly Governing[] {
  const found: Governing[] = [];
  let before = Number.POSITIVE_INFINITY;
  for (const { row, form } of editions) {
    const inForce = forceOf(row.plan);
    if (!inForce) continue;
    if (form) found.push({ form, inForce, unit: unitOf(row.plan), before });
    before = Math.min(before, inForce.since);
  }
  return found;
}

function forceOf(plan: KnownCarePlan): Governing['inForce'] | undefined {
  if (plan.name === 'in-force') return { since: plan.since, until: plan.facts.until };
  return plan.name === 'ended' && plan.since !== undefined ? { since: plan.since, until: plan.at } : undefined;
}

const unitOf = (plan: KnownCarePlan): UnitId | undefined =>
  'signed' in plan ? plan.signed?.units[0]?.unit : undefined;
