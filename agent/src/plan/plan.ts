/** The plan in force: verified, kept on disk, handed to those who must obey it. */
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { openPlan } from '@nattfrid/shared/seal/plan-signature';
import type { Clock } from '@nattfrid/shared/time/clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { PlanAnswer, PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import type { PlanTable } from '../store/plan-table.ts';
import { inForce } from './in-force.ts';
import type { MunicipalityKeys } from './municipality-keys.ts';
import { planState } from './plan-state.ts';

export interface PlanKeeper {
  /** The one in force; where none is, the newest. */
  readonly current: Plan | undefined;
  /** The newest that was taken: perhaps one that takes the place of `current` when it begins. */
  readonly newest: Plan | undefined;
  /** Checks a letter from the relay and, when it is good, puts it in force: on disk before it is obeyed. One that begins later waits beside the one in force. */
  consider(letter: PlanLetter): Promise<PlanAnswer>;
}

export async function keepPlan(given: {
  readonly table: PlanTable;
  readonly unit: UnitId;
  /** What this unit calls its client: a plan for another is for another home. */
  readonly client: ClientAlias;
  readonly keys: MunicipalityKeys;
  /** This unit's own public key: a plan that names another is for another unit. */
  readonly unitKey: Uint8Array<ArrayBuffer>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly changed: (plan: Plan) => void;
}): Promise<PlanKeeper> {
  const { table, unit, client, keys, clock, log, changed } = given;
  const unitKey = toBase64Url(given.unitKey);
  const stored = async (letter: PlanLetter | undefined) => {
    if (!letter) return undefined;
    let words = '';
    for (const key of keys.all) {
      const opened = await openPlan(letter, key, 'kept');
      if (!(opened instanceof Fault)) return opened;
      words = opened.message;
    }
    log.error('The stored plan is not good and is not obeyed', { words });
    return undefined;
  };
  let held = await stored(table.load());
  let next = await stored(table.loadNext());
  /** Once `next` has begun, nothing leads back to the one before it. */
  const waits = (plan: Plan | undefined) => {
    const now = clock.now();
    return plan !== undefined && planState(plan, now).state === 'not-begun' && inForce(held, now) !== undefined;
  };
  /** The next has begun, and is the one in force on the disk as well. */
  const settle = () => {
    const letter = next && !waits(next) ? table.loadNext() : undefined;
    if (!letter) return;
    table.save(letter);
    held = next;
    next = undefined;
  };
  const current = () => (next && !waits(next) ? next : held);
  return {
    get current() {
      return current();
    },
    get newest() {
      return next ?? held;
    },
    async consider(letter) {
      await keys.follow(letter.successors ?? []);
      const plan = await openPlan(letter, keys.current, clock.now());
      if (plan instanceof Fault)
        return { type: 'refused', why: plan.code === 'signature-wrong' ? 'signature-wrong' : 'not-a-plan' };
      if (plan.unit !== unit || (plan.unitKey ?? unitKey) !== unitKey) return { type: 'refused', why: 'other-unit' };
      if (plan.client !== client) return { type: 'refused', why: 'other-client' };
      const newest = next ?? held;
      if (newest && plan.version < newest.version) return { type: 'refused', why: 'older-than-mine' };
      settle();
      if (waits(plan)) {
        table.saveNext(letter);
        next = plan;
      } else {
        // One that is over already ends the one before it: this is how a plan is ended at once.
        table.save(letter);
        held = plan;
        next = undefined;
      }
      changed(plan);
      return { type: 'taken', plan: plan.plan, version: plan.version };
    },
  };
}
