/**
 * Nobody fills the audit log with what they are refused: of each who asks, and of all together, only so many refusals get a line of
 * their own; the rest are told as a number, of each person once a minute.
 */
import type { Clock } from '@nattfrid/shared/time/clock';
import { minutes } from '@nattfrid/shared/time/duration';
import { openRate } from '../limit/rate.ts';
import type { Audit, AuditWhat } from './audit.ts';

export interface Refusal {
  /** By name, as in every line. */
  readonly who: string;
  /** Whose refusals are counted together: the id of a person, or of a stranger the address. It is not written down. */
  readonly counted: string;
  readonly what?: AuditWhat;
  readonly subject: string;
  readonly details: Readonly<Record<string, string>> & { readonly operator?: string };
}

export interface Refusals extends AsyncDisposable {
  /** On the disk, where it is not one of too many, before it resolves. */
  write(refusal: Refusal): Promise<void>;
}

/** Lines at once, and so many a minute: of one person. */
const person = { atOnce: 60, perMinute: 20 };
/** Of one stranger or unit: one that knocks all night with an old token is told of every five minutes. */
const stranger = { atOnce: 5, perMinute: 0.2 };
/** Of all strangers together. */
const strangersTogether = { atOnce: 60, perMinute: 20 };
/** Of those whose refusals are counted and not written yet. */
const mostCounted = 1000;

export function openRefusals(parts: {
  readonly audit: Audit;
  readonly clock: Clock;
  readonly failed: (error: unknown) => void;
}): Refusals {
  const { audit, clock, failed } = parts;
  const people = openRate(person.atOnce, person.perMinute);
  const each = openRate(stranger.atOnce, stranger.perMinute);
  const strangers = openRate(strangersTogether.atOnce, strangersTogether.perMinute);
  const uncounted = new Map<string, { readonly who: string; readonly operator: string | undefined; count: number }>();
  let writing = Promise.resolve();

  async function tellRest(): Promise<void> {
    const rest = [...uncounted.values()];
    uncounted.clear();
    for (const { who, operator, count } of rest)
      await audit.write(who, 'refused', 'many', { count: String(count), ...(operator && { operator }) });
  }
  const timer = clock.every(minutes(1), () => {
    writing = writing.then(tellRest).catch(failed);
  });

  return {
    async write({ who, counted, what = 'refused', subject, details }) {
      const now = clock.now();
      const { operator } = details;
      const isOneOfFew =
        operator === undefined ? each.take(counted, now) && strangers.take('all', now) : people.take(counted, now);
      if (isOneOfFew) {
        await audit.write(who, what, subject, details);
        return;
      }
      // Strangers are one: however many addresses there are, they take one line.
      const name = operator ?? 'strangers';
      const one = uncounted.get(name) ?? { who: operator ? who : 'nobody', operator, count: 0 };
      one.count++;
      if (uncounted.size < mostCounted || uncounted.has(name)) uncounted.set(name, one);
    },
    async [Symbol.asyncDispose]() {
      timer[Symbol.dispose]();
      await writing;
      await tellRest().catch(failed);
    },
  };
}
