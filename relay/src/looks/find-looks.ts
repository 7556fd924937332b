/** Which looks an operator means by opening one: the look that leads, and those on the home's other cameras. Reads only. */
import type { Asked, BesideAsked } from '@nattfrid/shared/desk/routes';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Reason } from '@nattfrid/shared/domain/look';
import { Fault } from '@nattfrid/shared/fault/fault';
import { minutes } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant } from '@nattfrid/shared/time/instant';
import type { ConsoleProof } from '@nattfrid/shared/wire/console-proof';
import type { HeldPlan, Plans } from '../plans/plans.ts';
import { standing } from '../record/home-look.ts';
import type { KnownLook, LookFacts } from '../record/look.ts';
import { findAlarm } from '../store/alarms-table.ts';
import type { Store } from '../store/database.ts';
import { findHomeLook, findLook, looksOfUnit } from '../store/looks-table.ts';
import { findUnit, unitsOfClient } from '../store/units-table.ts';
import { closesAt } from './tonight.ts';

/** A look that a unit is going to be asked for, and the unit's newest plan. */
export interface Meant {
  readonly facts: LookFacts;
  readonly operatorKey: string;
  readonly console?: ConsoleProof | undefined;
  readonly held: HeldPlan | undefined;
}

interface FindParts {
  readonly store: Store;
  readonly plans: Plans;
  readonly newId: () => string;
}

/** The look that the operator means: the named one, the one that is due, or an extra one, which the unit may refuse. */
export async function findLead(
  { store, newId }: FindParts,
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
    // What was asked about the one holds for the other: the agreement, whose home it is now, and how sure it must be who looks.
    if (!isSameReason(known.facts.reason, reason))
      return new Fault(
        'request-invalid',
        'This look is for another reason than the one that is given. Load the desk anew.',
      );
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
  if (reason.type === 'test')
    return new Fault('request-invalid', 'A test look is asked for by whoever sets the unit up, and has a name.');
  const due = (await looksOfUnit(store.db, unit, ['due'])).find(
    ({ facts }) => facts.reason.type === 'window' && facts.reason.window === reason.window && facts.dueFrom <= now,
  );
  if (due) return due.facts;
  const closes = (held && closesAt(held.plan, reason.window, now)) ?? instant(now + 1);
  return { ...extra, origin: 'operator', dueUntil: closes, closes };
}

function isSameReason(one: Reason, other: Reason): boolean {
  switch (one.type) {
    case 'alarm':
      return other.type === 'alarm' && one.alarm === other.alarm;
    case 'window':
      return other.type === 'window' && one.window === other.window;
    case 'test':
      return other.type === 'test' && one.order === other.order;
  }
}

/**
 * The home's other units that the operator's console has named: each with a plan whose window is open now, and signed for by the
 * console. Whether a look may be opened there, the unit alone says.
 */
export async function findBesides(
  parts: FindParts,
  lead: LookFacts,
  asked: readonly BesideAsked[],
  now: Instant,
): Promise<readonly Meant[]> {
  const { store, plans } = parts;
  const client = (await findUnit(store.db, lead.unit))?.client;
  // One unit is tried: the home's others are none of this.
  if (!client || asked.length === 0 || lead.reason.type === 'test') return [];
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
  { newId }: FindParts,
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
