/** Pure. A plan and the clock give the looks that are due; the same plan always gives the same looks. */
import type { LookId } from '@nattfrid/shared/domain/ids';
import type { Plan, Window } from '@nattfrid/shared/domain/plan';
import { hours, milliseconds, minutes } from '@nattfrid/shared/time/duration';
import { after, type Instant, instant, parseInstant } from '@nattfrid/shared/time/instant';
import { type Occurrence, windowAt, windowsBetween } from '@nattfrid/shared/time/window';
import { derivedId } from '../store/derived-id.ts';
import type { LookFacts } from './look.ts';

/** How far ahead the night's list reaches, and how far back looks that nobody made are still called missed. */
export const ahead = hours(16);
const back = hours(24);
/** A window is at most a day long, so that one which is still open began at most so long before. */
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
    .filter((look) => look.dueUntil > begins && look.dueFrom < validUntil)
    .sort((a, b) => a.dueFrom - b.dueFrom);
}

/** When the agreed window that is open now closes; undefined: none of this name is open. */
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
