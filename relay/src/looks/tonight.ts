/** Pure. A plan and the clock give the looks that are due; the same plan always gives the same looks. */
import { consented } from '@nattfrid/shared/domain/consent';
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Plan, Window } from '@nattfrid/shared/domain/plan';
import { type Occurrence, windowAt, windowsBetween } from '@nattfrid/shared/domain/window';
import { hours, milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant, parseInstant } from '@nattfrid/shared/time/instant';
import type { LookFacts } from '../record/look.ts';
import { derivedId } from '../store/derived-id.ts';

/** How far ahead the night's list reaches, and how far back looks that nobody made are still called missed. */
const ahead = hours(16);
const back = hours(24);
/** A window is at most a day long, so a window that is still open began at most this long ago. */
const longestWindow = hours(24);

/**
 * Every look of the plan that was not over when the plan came, from a day ago until `ahead`, in order of time.
 * @param since when the plan was received: what was over by then was never due
 */
export function tonight(plan: Plan, since: Instant, now: Instant): readonly LookFacts[] {
  const from = after(now, milliseconds(-back - longestWindow));
  const validFrom = parseInstant(plan.validFrom);
  const validUntil = parseInstant(plan.validUntil);
  const begins = Math.max(since, validFrom, after(now, milliseconds(-back)));
  return plan.windows
    .flatMap((window) =>
      windowsBetween(window, from, after(now, ahead)).flatMap((occurrence) => slots(plan, window, occurrence)),
    )
    .filter((look) => look.dueUntil > begins && look.dueFrom < validUntil && consented(plan, look.dueFrom))
    .sort((a, b) => a.dueFrom - b.dueFrom);
}

/**
 * Several units of one home that have agreed to the same time are looked into at once, so that time is on the list once.
 * @param known looks that are, or have been, on the list: they keep leading
 * @returns the looks that lead
 */
export function onePerHome(agreed: readonly LookFacts[], known: ReadonlySet<string>): ReadonlySet<LookId> {
  const leads = new Map<string, LookFacts>();
  const before = (one: LookFacts, other: LookFacts) =>
    known.has(one.look) === known.has(other.look) ? one.unit < other.unit : known.has(one.look);
  for (const one of agreed) {
    const window = one.reason.type === 'window' ? one.reason.window : '';
    const time = JSON.stringify([one.client, window, one.dueFrom, one.dueUntil]);
    const lead = leads.get(time);
    if (!lead || before(one, lead)) leads.set(time, one);
  }
  return new Set([...leads.values()].map((one) => one.look));
}

/** When the agreed window that is open now closes; undefined: no window of this name is open. */
export function closesAt(plan: Plan, window: string, now: Instant): Instant | undefined {
  const named = plan.windows.find((one) => one.id === window);
  return named && windowAt(named, now)?.closes;
}

/** Several looks in one window share it out evenly, so that they are not all made in its first minute. */
function slots(plan: Plan, window: Window, { day, opens, closes }: Occurrence): readonly LookFacts[] {
  const length = (closes - opens) / window.looks;
  return Array.from({ length: window.looks }, (_, index) => {
    const dueFrom = instant(Math.round(opens + index * length));
    const dueUntil = instant(Math.round(opens + (index + 1) * length));
    return {
      look: derivedId('look', plan.unit, window.id, day, dueFrom, dueUntil) as LookId,
      unit: plan.unit,
      client: plan.client,
      reason: { type: 'window', window: window.id },
      origin: 'plan',
      attempt: 1,
      dueFrom,
      dueUntil,
      closes,
      retryAfter: minutes(plan.retryAfterMinutes),
    };
  });
}
