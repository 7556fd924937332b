/** The editions of clients' plans: load, step, save in the caller's transaction; what follows for the home follows in it too. */
import type { PlanForm } from '@nattfrid/shared/care/plan-form';
import type { CarePlanId, ClientId, UnitId } from '@nattfrid/shared/domain/ids';
import { dayAfter, startOfDay } from '@nattfrid/shared/domain/window';
import type { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { PlanAnswer } from '@nattfrid/shared/wire/plan-letter';
import type { Audit } from '../audit/audit.ts';
import type { Sealer } from '../personal/sealer.ts';
import {
  type CarePlanEffect,
  type CarePlanEnd,
  type CarePlanEvent,
  carePlanMachine,
  isOn,
  type KnownCarePlan,
  type Signed,
} from '../record/care-plan.ts';
import type { StopWhy } from '../record/home-halt.ts';
import { type CarePlanRow, carePlansOf, carePlansOn, findCarePlan, saveCarePlan } from '../store/care-plans-table.ts';
import { findClient } from '../store/clients-table.ts';
import type { Store, Tx } from '../store/database.ts';
import { homeHalt } from '../store/home-halts-table.ts';
import { notReadyUnits } from '../store/installations-table.ts';
import { newestPlan } from '../store/plans-table.ts';
import { type AroundClient, aroundClient, places } from './around-client.ts';
import { lackingIn } from './client-views.ts';
import type { By, HaltHome } from './halt-home.ts';

export interface CarePlans {
  /** A draft that is not signed is written over, and counts as a new edition. */
  draft(tx: Tx, around: AroundClient, form: PlanForm): Promise<Fault | undefined>;
  sign(tx: Tx, around: AroundClient, row: CarePlanRow, signed: Signed, by: By): Promise<Fault | undefined>;
  /** A consent, the decision or the units of the home are others now. */
  check(tx: Tx, client: ClientId, by: By): Promise<void>;
  end(tx: Tx, client: ClientId, why: CarePlanEnd, by: By): Promise<boolean>;
  /** What a unit says of the plan that it was sent, or has. */
  answered(tx: Tx, unit: UnitId, answer: PlanAnswer): Promise<void>;
  /** Plans begin, and end, by the clock; a unit that is no longer there is waited for no more. */
  tick(): Promise<void>;
}

const relay: By = { name: 'relay' };

export function openCarePlans(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly sealer: Sealer;
  readonly homes: HaltHome;
  readonly newId: () => string;
  /** Told once it is on the disk: another plan governs a home. */
  readonly changed: () => void;
}): CarePlans {
  const { store, clock, audit, sealer, homes, newId, changed } = parts;

  async function step(tx: Tx, row: CarePlanRow, event: CarePlanEvent, by: By = relay): Promise<Fault | undefined> {
    const [next, effects] = carePlanMachine.step(row.plan, event);
    if (next !== row.plan && next.name !== 'none') await saveCarePlan(tx.db, { ...row, plan: next });
    let fault: Fault | undefined;
    for (const effect of effects) fault = (await execute(tx, row.plan, effect, by)) ?? fault;
    if (effects.length > 0) tx.after(changed);
    return fault;
  }

  async function execute(tx: Tx, plan: KnownCarePlan, effect: CarePlanEffect, by: By): Promise<Fault | undefined> {
    if (effect.type === 'refuse') return effect.fault;
    const { client } = plan.facts;
    const alias = (await findClient(tx.db, client))?.alias;
    if (!alias) return undefined;
    const edition = String(effect.edition);
    if (effect.type === 'in-force') {
      await audit.append(tx, 'relay', 'plan-in-force', alias, { edition });
      for (const other of await carePlansOf(tx.db, client))
        if (other.plan.facts.edition < effect.edition) await ended(tx, other, 'newer-in-force', relay);
      return undefined;
    }
    await audit.append(tx, by.name, 'plan-over', alias, {
      edition,
      why: effect.why,
      ...(by.id && { operator: by.id }),
    });
    const stop = stops[effect.why];
    if (stop && (await homeHalt(tx.db, alias))?.type !== 'stopped') await homes.stop(tx, alias, stop, by);
    return undefined;
  }

  const ended = (tx: Tx, row: CarePlanRow, why: CarePlanEnd, by: By) =>
    step(tx, row, { type: 'ended', why, at: clock.now() }, by);

  async function onOf(tx: Tx, unit: UnitId): Promise<readonly CarePlanRow[]> {
    const rows = await carePlansOn(tx.db);
    return rows.filter(({ plan }) => isOn(plan) && plan.signed.units.some((one) => one.unit === unit));
  }

  /** Units that were taken out of the home, or exchanged for one whose key the plan does not name: each by a command, perhaps. */
  async function gone(plan: KnownCarePlan): Promise<readonly CarePlanEvent[]> {
    const units = isOn(plan) ? plan.signed.units : [];
    const found: CarePlanEvent[] = [];
    for (const { unit, version } of units) {
      const kept = await newestPlan(store.db, unit);
      if (!kept || kept.version < version) found.push({ type: 'unit-gone', unit, at: clock.now() });
    }
    return found;
  }

  return {
    async draft(tx, around, form) {
      const newest = around.editions[0]?.row.plan;
      const again = newest?.name === 'drafted' || newest?.name === 'complete';
      const carePlan = again ? newest.facts.carePlan : (newId() as CarePlanId);
      const edition = (newest?.facts.edition ?? 0) + 1;
      const facts = {
        carePlan,
        client: around.row.client,
        edition,
        from: startOfDay(form.from),
        until: startOfDay(dayAfter(form.until)),
      };
      const lacking = lackingIn(form, around);
      const before = again ? newest : carePlanMachine.initial;
      const [plan, effects] = carePlanMachine.step(before, { type: 'drafted', facts, lacking });
      for (const effect of effects) if (effect.type === 'refuse') return effect.fault;
      if (plan.name === 'none') throw new TypeError('a plan that is drafted is there');
      const body = sealer.seal(JSON.stringify(form), places.form(carePlan));
      await saveCarePlan(tx.db, { plan, body, fromDay: form.from, untilDay: form.until });
      return undefined;
    },
    async sign(tx, around, row, signed, by) {
      const form = around.editions.find((one) => one.row.plan.facts.edition === row.plan.facts.edition)?.form;
      const lacking = form ? lackingIn(form, around) : [];
      const fault = await step(tx, row, { type: 'signed', signed, lacking }, by);
      if (fault) return fault;
      // One that waits for its units, and that none of them will take any more.
      for (const { row: other } of around.editions)
        if (other.plan.name === 'signed' && other.plan.facts.edition < row.plan.facts.edition)
          await ended(tx, other, 'newer-signed', by);
      await homes.signedAnew(tx, around.row.alias);
      return undefined;
    },
    async check(tx, client, by) {
      const row = await findClient(tx.db, client);
      if (!row) return;
      const around = await aroundClient(tx.db, sealer, row);
      const { decidedUntil } = around;
      for (const { row: edition, form } of around.editions) {
        if (!form) continue;
        await step(
          tx,
          edition,
          { type: 'checked', lacking: lackingIn(form, around), decidedUntil, at: clock.now() },
          by,
        );
      }
    },
    async end(tx, client, why, by) {
      const on = (await carePlansOf(tx.db, client)).filter(({ plan }) => isOn(plan));
      for (const row of on) await ended(tx, row, why, by);
      return on.length > 0;
    },
    async answered(tx, unit, answer) {
      for (const row of await onOf(tx, unit)) await step(tx, row, { type: 'answered', unit, answer, at: clock.now() });
    },
    async tick() {
      const event = { type: 'tick', at: clock.now() } as const;
      const notReady = await notReadyUnits(store.db);
      for (const { plan } of await carePlansOn(store.db)) {
        // Its unit lets it come into force only once it has been set up.
        if (plan.name === 'signed' && plan.signed.units.some(({ unit }) => notReady.has(unit))) continue;
        const events: readonly CarePlanEvent[] = [...(await gone(plan)), event];
        for (const one of events) {
          if (carePlanMachine.step(plan, one)[0] === plan) continue;
          await store.write(async (tx) => {
            const row = await findCarePlan(tx.db, plan.facts.carePlan);
            if (row) await step(tx, row, one);
          });
        }
      }
    },
  };
}

/** Whether its units have to be stopped: by time they stop by themselves, and a newer plan stops the older one. */
const stops: Readonly<Record<CarePlanEnd, StopWhy | undefined>> = {
  'time-up': undefined,
  'decision-over': 'plan-ended',
  'consent-withdrawn': 'consent-withdrawn',
  'plan-ended': 'plan-ended',
  'client-ended': 'client-ended',
  'newer-in-force': undefined,
  'newer-signed': undefined,
};
