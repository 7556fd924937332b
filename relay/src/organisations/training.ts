/**
 * Whose desk shows training homes now. They are of an organisation of their own beside the municipality's, whose name nobody can have:
 * no round, figure, receiver, webhook or telephone is of it, and whoever trains is let in for eight hours, or until the session ends.
 */
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, hours } from '@nattfrid/shared/time/duration';
import type { Present } from '../operators/operators.ts';

export interface Training {
  /** Whether training homes are to be seen by this person. */
  shows(person: string): boolean;
  /** Resolves once their desk shows it. */
  show(who: Pick<Present, 'id' | 'session'>, show: boolean): Promise<void>;
  /** Somebody has signed in anew where they had locked a computer: they go on. */
  moved(from: string, to: string): void;
  /** Forgets whoever is no longer signed in, or has trained for long enough. @param sessions that are not over */
  tick(sessions: ReadonlyMap<string, string>): Promise<void>;
}

const longest = hours(8);

/** @param tellDesk shows every console its desk anew */
export function openTraining({
  clock,
  tellDesk,
}: {
  readonly clock: Pick<Clock, 'steady'>;
  readonly tellDesk: () => Promise<void>;
}): Training {
  const showing = new Map<string, { readonly session: string; readonly since: Duration }>();
  return {
    shows: (person) => showing.has(person),
    async show({ id, session }, show) {
      if (show) showing.set(id, { session, since: clock.steady() });
      else showing.delete(id);
      await tellDesk();
    },
    moved(from, to) {
      for (const [person, one] of showing) if (one.session === from) showing.set(person, { ...one, session: to });
    },
    async tick(sessions) {
      const over = [...showing].filter(
        ([, { session, since }]) => !sessions.has(session) || clock.steady() - since > longest,
      );
      for (const [person] of over) showing.delete(person);
      if (over.length > 0) await tellDesk();
    },
  };
}
