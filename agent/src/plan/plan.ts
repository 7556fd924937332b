/** The plan in force: verified, kept on disk, handed to those who must obey it. */
import type { ClientAlias, UnitId } from '@nattfrid/shared/domain/ids';
import type { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { openPlan } from '@nattfrid/shared/seal/plan-signature';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import type { PlanAnswer, PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import type { PlanTable } from '../store/plan-table.ts';

export interface PlanKeeper {
  readonly current: Plan | undefined;
  /** Checks a letter from the relay and, when it is good, puts it in force: on disk before it is obeyed. */
  consider(letter: PlanLetter): Promise<PlanAnswer>;
}

export async function keepPlan(given: {
  readonly table: PlanTable;
  readonly unit: UnitId;
  /** What this unit calls its client: a plan for another is for another home. */
  readonly client: ClientAlias;
  /** The municipality's Ed25519 public key, raw. */
  readonly key: Uint8Array<ArrayBuffer>;
  /** This unit's own public key: a plan that names another is for another unit. */
  readonly unitKey: Uint8Array<ArrayBuffer>;
  readonly log: Logger;
  readonly changed: (plan: Plan) => void;
}): Promise<PlanKeeper> {
  const { table, unit, client, key, log, changed } = given;
  const unitKey = toBase64Url(given.unitKey);
  let current: Plan | undefined;
  const stored = table.load();
  if (stored) {
    const opened = await openPlan(stored, key);
    if (opened instanceof Fault) log.error('The stored plan is not good and is not obeyed', { words: opened.message });
    else current = opened;
  }
  return {
    get current() {
      return current;
    },
    async consider(letter) {
      const plan = await openPlan(letter, key);
      if (plan instanceof Fault)
        return { type: 'refused', why: plan.code === 'signature-wrong' ? 'signature-wrong' : 'not-a-plan' };
      if (plan.unit !== unit || (plan.unitKey ?? unitKey) !== unitKey) return { type: 'refused', why: 'other-unit' };
      if (plan.client !== client) return { type: 'refused', why: 'other-client' };
      if (current && plan.version < current.version) return { type: 'refused', why: 'older-than-mine' };
      // One that is over already ends the one before it: this is how a plan is ended at once.
      table.save(letter);
      current = plan;
      changed(plan);
      return { type: 'taken', plan: plan.plan, version: plan.version };
    },
  };
}
