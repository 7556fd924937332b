/** An operator opens a look: it is found, written in the audit log, saved, and only then is each unit of the home asked. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Asked, BesideAsked } from '@nattfrid/shared/desk/routes';
import type { LookId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant, printInstant } from '@nattfrid/shared/time/instant';
import type { ConsoleProof } from '@nattfrid/shared/wire/console-proof';
import type { Alarms } from '../alarms/alarms.ts';
import type { Audit } from '../audit/audit.ts';
import { aliasOf } from '../operators/alias.ts';
import type { Orders } from '../order/order.ts';
import type { HeldPlan, Plans } from '../plans/plans.ts';
import type { LookFacts, Operator } from '../record/look.ts';
import { findAlarm } from '../store/alarms-table.ts';
import type { Store } from '../store/database.ts';
import { findLook, looksOfUnit } from '../store/looks-table.ts';
import { findUnit, unitsOfClient } from '../store/units-table.ts';
import type { Looks, ToAsk } from './looks.ts';
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
  const { store, clock, looks, alarms, plans } = parts;
  return async (asked, by) => {
    const now = clock.now();
    const held = await plans.of(store.db, asked.unit);
    const facts = await find(parts, asked, held, now);
    if (facts instanceof Fault) return facts;
    const { operatorKey, console, untrusted } = asked;
    const lead = untrusted ? undefined : await asking(parts, { facts, operatorKey, console, held }, by, now);
    const others: Asking[] = [];
    for (const one of await besides(parts, facts, asked.beside ?? [], now))
      others.push(await asking(parts, one, by, now));

    const opened = await store.write(async (tx) => {
      const view = lead ? await looks.open(tx, facts, by, lead) : await looks.leaveOut(tx, facts, by, others);
      if (view instanceof Fault) return view;
      if (lead) for (const other of others) await looks.openBeside(tx, other.facts, by, other);
      if (facts.reason.type !== 'alarm') return view;
      // Whoever looks has the alarm; a colleague who has it already keeps it.
      await alarms.take(tx, facts.reason.alarm, by);
      await alarms.looked(tx, facts.reason.alarm, facts.look);
      return view;
    });
    if (opened instanceof Fault) return opened;
    const lost = [...(lead ? [lead] : []), ...others].filter((one) => one.unreachable());
    if (lost.length === 0) return opened;
    return store.write(async (tx) => {
      for (const one of lost) await looks.unreachable(tx, one.facts.look);
      return looks.leading(tx.db, facts.look);
    });
  };
}

interface Asking extends ToAsk {
  readonly facts: LookFacts;
  /** Once it has been asked: nobody was there to hear it. */
  readonly unreachable: () => boolean;
}

interface Meant {
  readonly facts: LookFacts;
  readonly operatorKey: string;
  readonly console?: ConsoleProof | undefined;
  readonly held: HeldPlan | undefined;
}

/** Writes in the audit log what is going to be asked of one unit, and makes ready to ask it. */
async function asking(
  { audit, orders, secret }: OpenLookParts,
  one: Meant,
  by: Operator,
  now: Instant,
): Promise<Asking> {
  const { facts, operatorKey, console, held } = one;
  const reason = facts.reason.type === 'alarm' ? `alarm ${facts.reason.alarm}` : `window ${facts.reason.window}`;
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
  let fault: Fault | undefined;
  return {
    facts,
    operatorKey,
    ask: () => {
      fault = orders.give(facts.unit, 'look-call', call);
    },
    unreachable: () => fault !== undefined,
  };
}

/** The other cameras of the home whose plan has the window now that is named: the console has signed for it. Theirs alone say whether they may. */
async function besides(
  { store, plans, looks, newId }: OpenLookParts,
  lead: LookFacts,
  asked: readonly BesideAsked[],
  now: Instant,
): Promise<readonly Meant[]> {
  const client = (await findUnit(store.db, lead.unit))?.client;
  if (!client || asked.length === 0) return [];
  const known = await looks.beside(store.db, lead.look);
  const found: Meant[] = [];
  for (const { unit } of await unitsOfClient(store.db, client)) {
    const one = asked.find((other) => other.unit === unit);
    const held = await plans.of(store.db, unit);
    if (!one || !held || unit === lead.unit) continue;
    const { operatorKey, console } = one;
    const window = lead.reason.type === 'window' ? lead.reason.window : one.window;
    const before = known.find(({ facts }) => facts.unit === unit);
    if (before) {
      // Tried again together with the one that leads; what is still open, or has been seen, stays as it is.
      const again = before.name === 'refused' || before.name === 'failed';
      const { facts } = before;
      if (again && facts.reason.type === 'window' && facts.reason.window === window)
        found.push({ facts, operatorKey, console, held });
      continue;
    }
    const closes = window === undefined ? undefined : closesAt(held.plan, window, now);
    if (window === undefined || closes === undefined) continue;
    const { attempt, retryAfter, look: beside } = lead;
    const origin = { origin: 'beside', beside, reason: { type: 'window', window } } as const;
    const time = { attempt, retryAfter, dueFrom: now, dueUntil: closes, closes };
    const facts = { look: newId() as LookId, unit, client, ...origin, ...time };
    found.push({ facts, operatorKey, console, held });
  }
  return found;
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
