/** An operator opens a look: it is found, written in the audit log, saved, and only then is each unit of the home asked. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { Reason } from '@nattfrid/shared/domain/look';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { seconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, printInstant } from '@nattfrid/shared/time/instant';
import type { LookCall } from '@nattfrid/shared/wire/look-call';
import type { Alarms } from '../alarms/alarms.ts';
import type { Audit } from '../audit/audit.ts';
import { aliasOf } from '../operators/alias.ts';
import type { Orders } from '../order/order.ts';
import type { Plans } from '../plans/plans.ts';
import { isHalted } from '../record/home-halt.ts';
import type { Operator } from '../record/look.ts';
import type { Store } from '../store/database.ts';
import { homeHalt } from '../store/home-halts-table.ts';
import { findBesides, findLead, type Meant } from './find-looks.ts';
import type { Looks } from './looks.ts';
import type { ToOpen } from './open-home.ts';

export type OpenLook = (asked: Asked<'openLook'>, by: Operator) => Promise<LookView | Fault>;

interface OpenLookParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly looks: Looks;
  readonly alarms: Alarms;
  readonly plans: Plans;
  readonly orders: Orders;
  readonly newId: () => string;
  /** Makes aliases of operators that nobody outside the relay can turn back. */
  readonly secret: string;
}

/** Where no plan says how long a look may be: the unit decides anyway. */
const withoutPlan = seconds(120);

export function openLooking(parts: OpenLookParts): OpenLook {
  const { store, clock, looks, alarms, plans, orders } = parts;
  return async (asked, by) => {
    const now = clock.now();
    const held = await plans.of(store.db, asked.unit);
    const facts = await findLead(parts, asked, held, now);
    if (facts instanceof Fault) return facts;
    const halt = await homeHalt(store.db, facts.client);
    if (halt && isHalted(halt, now))
      return new Fault(
        'not-now',
        halt.type === 'stopped'
          ? 'Supervision of this home is stopped: nothing is shown until a new plan is in force.'
          : `Supervision of this home is paused until ${printInstant(halt.until)}: nothing is shown.`,
      );
    const { operatorKey, console, untrusted } = asked;
    const lead = untrusted ? undefined : await asking(parts, { facts, operatorKey, console, held }, by, now);
    const others: Asking[] = [];
    for (const one of await findBesides(parts, facts, asked.beside ?? [], now))
      others.push(await asking(parts, one, by, now));

    const opened = await store.write(async (tx) => {
      const home = lead ? await looks.open(tx, lead, others, by) : await looks.leaveOut(tx, facts, others, by);
      if (home instanceof Fault || facts.reason.type !== 'alarm') return home;
      // The operator takes the alarm by looking; a colleague who has it already keeps it.
      await alarms.take(tx, facts.reason.alarm, by);
      await alarms.looked(tx, facts.reason.alarm, facts.look);
      return home;
    });
    if (opened instanceof Fault) return opened;
    const called = [...(lead ? [lead] : []), ...others].filter(({ facts: { look } }) => opened.ask.includes(look));
    const lost = called.filter(({ facts: { unit }, call }) => orders.give(unit, 'look-call', call) instanceof Fault);
    if (lost.length === 0) return opened.view;
    return store.write(async (tx) => {
      for (const one of lost) await looks.unreachable(tx, one.facts.look);
      return looks.leading(tx.db, facts.look);
    });
  };
}

interface Asking extends ToOpen {
  readonly call: LookCall;
}

/** Writes in the audit log what is going to be asked of one unit. @returns the call that asks it */
async function asking({ audit, secret }: OpenLookParts, one: Meant, by: Operator, now: Instant): Promise<Asking> {
  const { facts, operatorKey, console, held } = one;
  const reason = reasonLine(facts.reason);
  const attempt = String(facts.attempt);
  const beside = facts.beside && { beside: facts.beside };
  await audit.write(by.name, 'look-opened', facts.look, {
    unit: facts.unit,
    reason,
    attempt,
    ...beside,
    operator: by.id,
  });
  const longest = held ? seconds(held.plan.longestLookSeconds) : withoutPlan;
  const call = {
    look: facts.look,
    reason: facts.reason,
    operator: aliasOf(by.id, secret),
    operatorKey,
    until: printInstant(after(now, longest)),
    ...(console && { console }),
  };
  return { facts, operatorKey, call };
}

function reasonLine(reason: Reason): string {
  switch (reason.type) {
    case 'alarm':
      return `alarm ${reason.alarm}`;
    case 'window':
      return `window ${reason.window}`;
    case 'test':
      return `test ${reason.order}`;
  }
}
