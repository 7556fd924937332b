/** Puts the looks that the plans have agreed for the coming hours on the list, and takes away those that a newer plan does not contain. */
import type { LookId, UnitId } from '@nattfrid/shared/domain/ids';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import type { Plans } from '../plans/plans.ts';
import { type HomeHalt, isHalted } from '../record/home-halt.ts';
import { isTakenOff, type LookFacts } from '../record/look.ts';
import type { Store } from '../store/database.ts';
import { homeHalts } from '../store/home-halts-table.ts';
import { notReadyUnits } from '../store/installations-table.ts';
import { knownLooks, looksOfUnit } from '../store/looks-table.ts';
import type { StepHome } from './step-home.ts';
import { onePerHome, tonight } from './tonight.ts';

export function lookPlanner(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly plans: Plans;
  readonly step: StepHome;
}): () => Promise<void> {
  const { store, clock, plans, step } = parts;

  /** @param on looks that go on the list, or back onto it. @param agreed all that the unit's plan contains, by id */
  async function planUnit(
    unit: UnitId,
    { fresh, again }: { readonly fresh: readonly LookFacts[]; readonly again: readonly LookFacts[] },
    agreed: ReadonlySet<LookId>,
  ): Promise<void> {
    const now = clock.now();
    const due = (await looksOfUnit(store.db, unit, ['due'])).map(({ facts }) => facts);
    const stale = due.filter((one) => isPlanned(one) && one.dueUntil > now && !agreed.has(one.look));
    if (fresh.length + again.length + stale.length === 0) return;
    await store.write(async (tx) => {
      for (const facts of fresh)
        await step(tx, { type: 'camera', look: facts.look, event: { type: 'planned', facts } });
      for (const facts of again)
        await step(tx, { type: 'camera', look: facts.look, event: { type: 'agreed-again', facts, at: now } });
      for (const { look } of stale) await step(tx, { type: 'camera', look, event: { type: 'unplanned', at: now } });
    });
  }

  return async () => {
    const now = clock.now();
    const halts = await homeHalts(store.db);
    const notReady = await notReadyUnits(store.db);
    const held = (await plans.all(store.db)).filter(({ plan }) => !notReady.has(plan.unit));
    const agreed = held.map(({ plan, receivedAt }) => ({
      unit: plan.unit,
      facts: tonight(plan, receivedAt, now).filter((one) => isStill(one, halts.get(one.client), now)),
    }));
    const all = agreed.flatMap(({ facts }) => facts);
    const found = await knownLooks(
      store.db,
      all.map((one) => one.look),
    );
    const known = new Set<string>(found.map(({ facts }) => facts.look));
    const off = new Set(found.filter(isTakenOff).map(({ facts }) => facts.look));
    const led = onePerHome(all, known);
    for (const { unit, facts } of agreed) {
      const fresh = facts.filter(({ look }) => led.has(look) && !known.has(look));
      const again = facts.filter(({ look, dueUntil }) => led.has(look) && off.has(look) && dueUntil > now);
      await planUnit(unit, { fresh, again }, new Set(facts.map(({ look }) => look)));
    }
  };
}

/** Straight out of a plan: no retry, and no look that has taken over the lead. */
const isPlanned = ({ origin, attempt, tookOverFrom }: LookFacts): boolean =>
  origin === 'plan' && attempt === 1 && tookOverFrom === undefined;

/** A pause may be ended early: what is due in the middle of it stays on the list until its time has come. */
function isStill({ dueFrom }: LookFacts, halt: HomeHalt | undefined, now: Instant): boolean {
  if (!halt || halt.type === 'stopped') return !halt;
  return dueFrom > now || !isHalted(halt, now);
}
