/** An operator opens a look: it is found, written in the audit log, saved, and only then is the unit asked. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Asked } from '@nattfrid/shared/desk/routes';
import type { LookId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant, printInstant } from '@nattfrid/shared/time/instant';
import type { Alarms } from '../alarms/alarms.ts';
import type { Audit } from '../audit/audit.ts';
import { aliasOf } from '../operators/alias.ts';
import type { Orders } from '../order/order.ts';
import type { HeldPlan, Plans } from '../plans/plans.ts';
import { findAlarm } from '../store/alarms-table.ts';
import type { Store } from '../store/database.ts';
import { findLook, looksOfUnit } from '../store/looks-table.ts';
import { findUnit } from '../store/units-table.ts';
import type { LookFacts, Operator } from './look.ts';
import type { Looks } from './looks.ts';
import { closesAt } from './tonight.ts';

export type OpenLook = (asked: Asked<'openLook'>, by: Operator) => Promise<LookView | Fault>;

export interface OpenLookParts {
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
  const { store, clock, audit, looks, alarms, plans, orders } = parts;
  return async (asked, by) => {
    const now = clock.now();
    const held = await plans.of(store.db, asked.unit);
    const facts = await find(parts, asked, held, now);
    if (facts instanceof Fault) return facts;

    const reason = asked.reason.type === 'alarm' ? `alarm ${asked.reason.alarm}` : `window ${asked.reason.window}`;
    await audit.write(by.name, 'look-opened', facts.look, { unit: asked.unit, reason, attempt: String(facts.attempt) });

    const longest = held ? seconds(held.plan.longestLookSeconds) : withoutPlan;
    const call = {
      look: facts.look,
      reason: facts.reason,
      operator: aliasOf(by.id, parts.secret),
      operatorKey: asked.operatorKey,
      until: printInstant(after(now, longest)),
      ...(asked.console && { console: asked.console }),
    };
    let unreachable: Fault | undefined;
    const opened = await store.write(async (tx) => {
      const view = await looks.open(tx, facts, by, () => {
        unreachable = orders.give(asked.unit, 'look-call', call);
      });
      if (view instanceof Fault || facts.reason.type !== 'alarm') return view;
      // Whoever looks has the alarm; a colleague who has it already keeps it.
      await alarms.take(tx, facts.reason.alarm, by.name);
      await alarms.looked(tx, facts.reason.alarm, facts.look);
      return view;
    });
    if (opened instanceof Fault || !unreachable) return opened;
    return store.write((tx) => looks.unreachable(tx, facts.look));
  };
}

/** The look that is meant: the named one, the one that is due, or an extra one of which the unit will say whether it may be. */
async function find(
  { store, newId }: OpenLookParts,
  { unit, reason, look }: Asked<'openLook'>,
  held: HeldPlan | undefined,
  now: Instant,
): Promise<LookFacts | Fault> {
  const row = await findUnit(store.db, unit);
  if (!row) return new Fault('not-found', `There is no unit ${unit}.`);
  if (look) {
    const known = await findLook(store.db, look);
    if (!known || known.facts.unit !== unit)
      return new Fault('not-found', `There is no such look in the home of ${unit}.`);
    return known.facts;
  }
  const extra = {
    look: newId() as LookId,
    unit,
    client: row.client,
    reason,
    attempt: 1,
    dueFrom: now,
    retryAfter: minutes(held?.plan.retryAfterMinutes ?? 15),
  };
  if (reason.type === 'alarm') {
    const alarm = await findAlarm(store.db, reason.alarm);
    if (!alarm || alarm.facts.unit !== unit)
      return new Fault('not-found', `There is no such alarm in the home of ${unit}.`);
    if (alarm.name === 'closed') return new Fault('not-now', `${alarm.closed.by} has closed this alarm.`);
    const dueUntil = after(now, minutes(held?.plan.alarmLook?.minutes ?? 1));
    return { ...extra, origin: 'alarm', dueUntil, closes: dueUntil };
  }
  const due = (await looksOfUnit(store.db, unit, ['due'])).find(
    ({ facts }) => facts.reason.type === 'window' && facts.reason.window === reason.window && facts.dueFrom <= now,
  );
  if (due) return due.facts;
  const closes = (held && closesAt(held.plan, reason.window, now)) ?? instant(now + 1);
  return { ...extra, origin: 'operator', dueUntil: closes, closes };
}
