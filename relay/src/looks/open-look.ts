/** An operator opens a look: it is found, written in the audit log, saved, and only then is each unit of the home asked. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import type { Asked, BesideAsked } from '@nattfrid/shared/desk/routes';
import type { LookId } from '@nattfrid/shared/domain/ids';
import { Fault } from '@nattfrid/shared/fault/fault';
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes, seconds } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant, printInstant } from '@nattfrid/shared/time/instant';
import type { ConsoleProof } from '@nattfrid/shared/wire/console-proof';
import type { LookCall } from '@nattfrid/shared/wire/look-call';
import type { Alarms } from '../alarms/alarms.ts';
import type { Audit } from '../audit/audit.ts';
import { aliasOf } from '../operators/alias.ts';
import type { Orders } from '../order/order.ts';
import type { HeldPlan, Plans } from '../plans/plans.ts';
import { standing } from '../record/home-look.ts';
import type { KnownLook, LookFacts, Operator } from '../record/look.ts';
import { findAlarm } from '../store/alarms-table.ts';
import type { Store } from '../store/database.ts';
import { findHomeLook, findLook, looksOfUnit } from '../store/looks-table.ts';
import { findUnit, unitsOfClient } from '../store/units-table.ts';
import type { Looks } from './looks.ts';
import type { ToOpen } from './open-home.ts';
import { closesAt } from './tonight.ts';

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
    const facts = await find(parts, asked, held, now);
    if (facts instanceof Fault) return facts;
    const { operatorKey, console, untrusted } = asked;
    const lead = untrusted ? undefined : await asking(parts, { facts, operatorKey, console, held }, by, now);
    const others: Asking[] = [];
    for (const one of await besides(parts, facts, asked.beside ?? [], now))
      others.push(await asking(parts, one, by, now));

    const opened = await store.write(async (tx) => {
      const home = lead ? await looks.open(tx, lead, others, by) : await looks.leaveOut(tx, facts, others, by);
      if (home instanceof Fault || facts.reason.type !== 'alarm') return home;
      // The operator takes the alarm by looking; a colleague who has it already keeps it.
      await alarms.take(tx, facts.reason.alarm, by.name);
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

interface Meant {
  readonly facts: LookFacts;
  readonly operatorKey: string;
  readonly console?: ConsoleProof | undefined;
  readonly held: HeldPlan | undefined;
}

/** Writes in the audit log what is going to be asked of one unit. @returns the call that asks it */
async function asking({ audit, secret }: OpenLookParts, one: Meant, by: Operator, now: Instant): Promise<Asking> {
  const { facts, operatorKey, console, held } = one;
  const reason = facts.reason.type === 'alarm' ? `alarm ${facts.reason.alarm}` : `window ${facts.reason.window}`;
  const attempt = String(facts.attempt);
  const beside = facts.beside && { beside: facts.beside };
  await audit.write(by.name, 'look-opened', facts.look, { unit: facts.unit, reason, attempt, ...beside });
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

/**
 * The home's other units that the operator's console has named: each with a plan whose window is open now, and signed for by the
 * console. Whether a look may be opened there, the unit alone says.
 */
async function besides(
  parts: OpenLookParts,
  lead: LookFacts,
  asked: readonly BesideAsked[],
  now: Instant,
): Promise<readonly Meant[]> {
  const { store, plans } = parts;
  const client = (await findUnit(store.db, lead.unit))?.client;
  if (!client || asked.length === 0) return [];
  const known = standing(await findHomeLook(store.db, lead.look));
  const found: Meant[] = [];
  for (const { unit } of await unitsOfClient(store.db, client)) {
    const one = asked.find((other) => other.unit === unit);
    const held = await plans.of(store.db, unit);
    if (!one || !held || unit === lead.unit) continue;
    const window = lead.reason.type === 'window' ? lead.reason.window : one.window;
    const before = known.find(({ facts }) => facts.unit === unit);
    const facts = before ? again(before, window) : fresh(parts, { unit, client, held, lead, window, now });
    if (facts) found.push({ facts, operatorKey: one.operatorKey, console: one.console, held });
  }
  return found;
}

/** Tried again together with the lead. @returns undefined where the look is still open or has shown something, or is about another window */
function again({ name, facts }: KnownLook, window: string | undefined): LookFacts | undefined {
  const { reason } = facts;
  const couldNot = name === 'refused' || name === 'failed';
  return couldNot && reason.type === 'window' && reason.window === window ? facts : undefined;
}

/** @returns undefined where the unit's plan has no such window now */
function fresh(
  { newId }: OpenLookParts,
  one: Pick<LookFacts, 'unit' | 'client'> & {
    readonly held: HeldPlan;
    readonly lead: LookFacts;
    readonly window: string | undefined;
    readonly now: Instant;
  },
): LookFacts | undefined {
  const { unit, client, held, lead, window, now } = one;
  const closes = window === undefined ? undefined : closesAt(held.plan, window, now);
  if (window === undefined || closes === undefined) return undefined;
  const { attempt, retryAfter } = lead;
  // A home has one lead: a camera that is opened by itself brings no home of its own with it.
  const beside = lead.beside ?? lead.look;
  const origin = { origin: 'beside', beside, reason: { type: 'window', window } } as const;
  return {
    look: newId() as LookId,
    unit,
    client,
    ...origin,
    attempt,
    retryAfter,
    dueFrom: now,
    dueUntil: closes,
    closes,
  };
}

/** The look that the operator means: the named one, the one that is due, or an extra one, which the unit may refuse. */
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
