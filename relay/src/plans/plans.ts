/** Signed plans: kept as they came, handed to the unit until it has them. The relay can read them and cannot sign one. */
import type { UnitId } from '@nattfrid/shared/domain/ids';
import { Plan } from '@nattfrid/shared/domain/plan';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import { openPlan } from '@nattfrid/shared/seal/plan-signature';
import type { Clock } from '@nattfrid/shared/time/clock';
import type { Instant } from '@nattfrid/shared/time/instant';
import { fromBase64Url } from '@nattfrid/shared/wire/bytes';
import type { PlanAnswer, PlanLetter } from '@nattfrid/shared/wire/plan-letter';
import type { Orders } from '../order/order.ts';
import type { Db, Tx } from '../store/database.ts';
import { insertPlan, markPlanTaken, newestPlan, newestPlans, type PlanRow } from '../store/plans-table.ts';
import type { MunicipalityKeys } from './municipality-keys.ts';

export interface HeldPlan {
  readonly plan: Plan;
  readonly receivedAt: Instant;
  readonly taken: boolean;
  /** As it was signed, and by whose key: for a console that checks it itself. */
  readonly letter: PlanLetter;
  readonly municipality: string;
}

export interface Plans {
  /** Who has signed it, and what it says; a Fault where nobody whose key we have has. */
  open(letter: PlanLetter): Promise<{ readonly plan: Plan; readonly municipality: string } | Fault>;
  /** Keeps it, and hands it to the unit once it is on the disk. */
  keep(tx: Tx, letter: PlanLetter, plan: Plan, municipality: string): Promise<Fault | undefined>;
  /** The unit has said which plan it has. */
  announced(tx: Tx, unit: UnitId, version: number | undefined): Promise<void>;
  answered(tx: Tx, unit: UnitId, answer: PlanAnswer): Promise<void>;
  of(db: Db, unit: UnitId): Promise<HeldPlan | undefined>;
  all(db: Db): Promise<readonly HeldPlan[]>;
  /** The public key that this relay has under a municipality's name, base64url. */
  keyOf(municipality: string): string | undefined;
}

/** Of the body in letters, so that the whole message is not too long for the wire. */
const longestBody = 60_000;

export function openPlans(parts: {
  readonly clock: Clock;
  readonly log: Logger;
  readonly orders: Orders;
  readonly keys: Pick<MunicipalityKeys, 'all' | 'successors'>;
}): Plans {
  const { clock, orders, keys } = parts;
  const log = parts.log.child('plans');
  /** With the way from older keys of the municipality: a unit may still know one of them. */
  const led = (letter: PlanLetter, municipality: string): PlanLetter => {
    const successors = keys.successors(municipality);
    return successors.length > 0 ? { ...letter, successors } : letter;
  };
  const hand = (unit: UnitId, letter: PlanLetter, municipality: string) =>
    void orders.give(unit, 'plan-letter', led(letter, municipality));

  return {
    async open(letter) {
      let fault: Fault = new Fault(
        'signature-wrong',
        'No municipality has given this relay a key. Make one on the page of keys, or set planKeys.',
      );
      for (const [name, key] of keys.all()) {
        const plan = await openPlan(letter, fromBase64Url(key), clock.now());
        if (!(plan instanceof Fault)) return { plan, municipality: name };
        // Signed by this key, and no plan: that says more than that another key has not signed it.
        if (plan.code !== 'signature-wrong') return plan;
        fault = plan;
      }
      return fault;
    },
    async keep(tx, letter, plan, municipality) {
      const { unit, version } = plan;
      if (letter.body.length > longestBody)
        return new Fault('request-invalid', 'This plan is too long to be sent to a unit. Give it fewer windows.');
      const newest = await newestPlan(tx.db, unit);
      if (newest && newest.version >= version)
        return new Fault(
          'not-now',
          `The unit ${unit} has version ${newest.version}: a new plan needs a higher one than that.`,
        );
      await insertPlan(tx.db, { unit, version, plan: plan.plan, municipality, letter, receivedAt: clock.now() });
      tx.after(() => hand(unit, letter, municipality));
      return undefined;
    },
    async announced(tx, unit, version) {
      const newest = await newestPlan(tx.db, unit);
      if (!newest) return;
      if (version !== newest.version) tx.after(() => hand(unit, newest.letter, newest.municipality));
      else if (!newest.taken) await markPlanTaken(tx.db, unit, newest.version, clock.now());
    },
    async answered(tx, unit, answer) {
      switch (answer.type) {
        case 'taken':
          return markPlanTaken(tx.db, unit, answer.version, clock.now());
        case 'refused':
          log.warn('A unit refuses its plan', { unit, why: answer.why });
      }
    },
    async of(db, unit) {
      const row = await newestPlan(db, unit);
      const held = row && read(row);
      return held && { ...held, letter: led(held.letter, held.municipality) };
    },
    all: async (db) => (await newestPlans(db)).flatMap((row) => read(row) ?? []),
    keyOf: (municipality) => keys.all().get(municipality),
  };
}

/** Its signature was checked when it was kept. @returns undefined for one of an older version that is no plan any more: no unit follows it either */
function read({ letter, receivedAt, taken, municipality }: PlanRow): HeldPlan | undefined {
  const plan = Plan.safeParse(JSON.parse(new TextDecoder().decode(fromBase64Url(letter.body))));
  return plan.success ? { plan: plan.data, receivedAt, taken, letter, municipality } : undefined;
}
